/// <reference lib="dom" />
/** What a page says in Latin letters without marking it as English. */
import type { Page } from "playwright-core";

/** Names are the same in every language. */
const names = [
  "JPEG",
  "PNG",
  "WebP",
  "MP4",
  "MOV",
  "WebM",
  "Veo",
  "OpenAI",
  "Google",
  "veo-3.1-generate-preview",
  "https",
];

/** Every other word of two Latin letters or more, shown or hidden, in texts and in the attributes that are read out. */
export async function latinWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const isOurs = (element: Element | null) =>
      element !== null && !element.closest("[lang=en], script, style, noscript");
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (isOurs(node.parentElement)) found.push(node.textContent ?? "");
    }
    for (const name of ["aria-label", "aria-valuetext", "alt", "title", "placeholder"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (isOurs(element)) found.push(element.getAttribute(name) ?? "");
      }
    }
    return found;
  });
  const words = texts.flatMap((text) => text.match(/[A-Za-z][\w.-]*\w/g) ?? []);
  return [...new Set(words)].filter((word) => !names.includes(word));
}
