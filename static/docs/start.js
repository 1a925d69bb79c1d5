// @ts-check
/** Shows the description of this deployment's API, light or dark as the reader likes it. */

const isDark = matchMedia("(prefers-color-scheme: dark)");

function followTheReader() {
  document.documentElement.classList.toggle("dark-mode", isDark.matches);
}

followTheReader();
isDark.addEventListener("change", followTheReader);

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  // Its badge would be fetched from elsewhere.
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
