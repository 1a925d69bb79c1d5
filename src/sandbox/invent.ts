/** An answer of any shape that a JSON schema asks for. What it says comes from a {@link Speaker}. */
import { hasType, type JsonSchema, resolve } from "./json-schema.ts";

/**
 * Says what stands in a property, or undefined when it has nothing of its own to say.
 *
 * @param name of the property; the items of a list have the name of the list
 * @param inventWith makes a value inside this one, for example an item of a list, with a speaker of its own
 */
export type Speaker = (
  name: string,
  schema: JsonSchema,
  inventWith: (schema: JsonSchema, speak: Speaker) => unknown,
) => unknown;

/** Deeper than any schema goes that is not circular. */
const depthMaximum = 12;

/** @returns a value of the schema's shape */
export function invent(root: JsonSchema, speak: Speaker): unknown {
  return inventBy(root, speak, root);
}

/** @param root where the schema's references lead */
function inventBy(start: JsonSchema, speak: Speaker, root: JsonSchema): unknown {
  return inventValue(start, "answer", 0);

  function inventValue(unresolved: JsonSchema, name: string, depth: number): unknown {
    const schema = resolve(unresolved, root);
    const said = speak(name, schema, (inner, innerSpeak) => inventBy(inner, innerSpeak, root));
    if (said !== undefined) return said;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    if (schema.anyOf) return inventChoice(schema.anyOf, name, depth);
    if (hasType(schema, "object") || schema.properties) return inventObject(schema, depth);
    if (hasType(schema, "array")) return inventList(schema, name, depth);
    return inventScalar(schema, name);
  }

  function inventChoice(choices: readonly JsonSchema[], name: string, depth: number): unknown {
    const isFlat = depth >= depthMaximum;
    const choice = choices.find((one) => hasType(one, "null") === isFlat) ?? choices[0];
    return choice && inventValue(choice, name, depth + 1);
  }

  function inventObject(schema: JsonSchema, depth: number): unknown {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, child]) => [key, inventValue(child, key, depth + 1)]),
    );
  }

  function inventList(schema: JsonSchema, name: string, depth: number): unknown {
    if (!schema.items || depth >= depthMaximum) return [];
    const length = Math.max(1, schema.minItems ?? 1);
    return Array.from({ length }, () => inventValue(schema.items ?? {}, name, depth + 1));
  }
}

function inventScalar(schema: JsonSchema, name: string): unknown {
  if (hasType(schema, "number") || hasType(schema, "integer")) {
    return schema.minimum ?? Math.min(1, schema.maximum ?? 1);
  }
  if (hasType(schema, "boolean")) return false;
  if (hasType(schema, "null")) return null;
  return `${inWords(name)} (sandbox)`;
}

/** `must_not_change` → `must not change` */
export function inWords(name: string): string {
  return name.replaceAll("_", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
