/** Puts the words beside the members of the schemas, and finds what has none. */
import { z } from "zod";

export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Worded {
  /** Members that nothing is said about, such as `Task.links.self`. */
  readonly wordless: string[];
  /** Words about members that are not there. */
  readonly idle: string[];
}

/** A schema as far as its members can be reached from it. */
interface Reachable {
  description?: string | undefined;
  properties?: Record<string, Reachable> | undefined;
  additionalProperties?: Reachable | boolean | undefined;
  items?: Reachable | undefined;
  anyOf?: Reachable[] | undefined;
  oneOf?: Reachable[] | undefined;
}

const reachableSchema: z.ZodType<Reachable> = z.custom<Reachable>((value) =>
  typeof value === "object" && value !== null
);

/**
 * @param schemas by name, as they stand in the document; written into
 * @param words by the schema's name and by the member's path: `segments.seconds`, with `*` for whatever name
 */
export function addWords(schemas: Readonly<Record<string, unknown>>, words: Words): Worded {
  const wordless: string[] = [];
  const idle: string[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const own = words[name] ?? {};
    const members = [...membersOf(reachableSchema.parse(schema), "")];
    for (const [path, member] of members) {
      const said = own[path] ?? member.description;
      if (said === undefined) wordless.push(`${name}.${path}`);
      else member.description = said;
    }
    const paths = new Set(members.map(([path]) => path));
    idle.push(...Object.keys(own).filter((path) => !paths.has(path)).map((path) => `${name}.${path}`));
  }
  const unknown = Object.keys(words).filter((name) => !(name in schemas));
  return { wordless, idle: [...idle, ...unknown] };
}

/** Every member, however deep, with its path; what is another named schema is that schema's own to tell. */
function* membersOf(schema: Reachable, path: string): Generator<[string, Reachable]> {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  const named = Object.entries(properties);
  if (typeof additionalProperties === "object") named.push(["*", additionalProperties]);
  for (const [name, member] of named) {
    const at = path === "" ? name : `${path}.${name}`;
    yield [at, member];
    yield* membersOf(member, at);
  }
  for (const part of [...(items ? [items] : []), ...anyOf, ...oneOf]) yield* membersOf(part, path);
}
