/** The two buttons for the language. */
import { setLanguage } from "./words.js";

export function wireLanguages() {
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.addEventListener("click", () => setLanguage(choice.getAttribute("data-language") ?? undefined));
  }
}
