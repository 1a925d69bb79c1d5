/** The members of a JSON object as they were sent: `JSON.parse` keeps the last of two with one name. */

/** Strings and what gives a text its structure; the text is known to be valid. */
const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * @param text valid JSON, an object
 * @returns the names of its own members, unescaped, in order; those of objects inside it are left out
 */
export function memberNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let lastString = "";
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token !== ":") lastString = token;
    else if (depth === 1) names.push(String(JSON.parse(lastString)));
  }
  return names;
}
