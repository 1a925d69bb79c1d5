/** Of Swagger UI, which sets itself as a global; as far as it is used here. */
declare const SwaggerUIBundle: (options: {
  url: string;
  dom_id: string;
  deepLinking?: boolean;
  validatorUrl?: null;
  docExpansion?: "list" | "full" | "none";
  defaultModelsExpandDepth?: number;
  showCommonExtensions?: boolean;
}) => void;
