/** The account that the stand-in of Google's token endpoint knows: the public half of the key in `wrangler.toml`. */

export const accountEmail = "sandbox@sandbox.invalid";

export const accountPublicKey: JsonWebKey = {
  kty: "RSA",
  alg: "RS256",
  e: "AQAB",
  n: "pKDfe1jA-i-O5TB24b7iYJeICDD4_WRaUYDz_AVtIwFWLYQu5UtwfjxkW_3YCPyLBALucr_KfUGQPO-FHaN4Iz" +
    "78LlLRNdvWqI-1g3h15O97By_WIX9nYY-E9feHx4T8c8xwovZEw9aTGnLOjy2bkEgI4d7lDO63uY6Apa3fWzjc" +
    "FPaniCeEj5oT6P0BWD_r1wJEXOHKcxxtdjFBgo-3t2E1WILv3IC7avvt5YyGr4JaD5amwW6bVE8CQPlHEvR4Za" +
    "o1xAJXKS6DukrUS-HYeKAImpRILvU8KEW74TJM2D4qJqFGKkiChOYwwGBxi4gRFuTJuQuJSgXd8SQSkZegcQ",
};
