/** Where the generated values begin. Printed with each failure; another one: `VITE_PROPERTY_SEED=7 npm run unit`. */
declare global {
  interface ImportMeta {
    readonly env: Readonly<Record<string, string | undefined>>;
  }
}

const usualSeed = 20_261_107;

export const seed = Number(import.meta.env["VITE_PROPERTY_SEED"] ?? usualSeed);
