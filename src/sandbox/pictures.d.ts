/** `wrangler.toml` of this folder takes pictures for data. */
declare module "*.jpg" {
  const bytes: ArrayBuffer;
  export default bytes;
}
