/**
 * The compiler names modules `.js` in what it makes of a program, and leaves `.ts` in its types. TypeScript finds those all
 * the same; Deno, which reads addresses as they are, does not.
 */
const folder = new URL("../dist/library/", import.meta.url);

const relative = /(\bfrom |\bimport\()"(\.{1,2}\/[^"]+)\.ts"/g;

async function nameIn(directory: URL): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    const entry = new URL(isDirectory ? `${name}/` : name, directory);
    if (isDirectory) await nameIn(entry);
    else if (name.endsWith(".d.ts")) {
      const text = await Deno.readTextFile(entry);
      await Deno.writeTextFile(entry, text.replace(relative, '$1"$2.js"'));
    }
  }
}

await nameIn(folder);
