/** How much may come in, and how slowly. Bytes are counted while reading: an announced length is only believed when it is too big. */

/** What Veo takes of one picture, decimal megabytes as its documentation counts. */
export const imageBytesMaximum = 20_000_000;
/** What Cloudflare's free and pro plans let through in one request; a paid plan changes nothing here. */
export const videoBytesMaximum = 100_000_000;

/** Text fields are checked by their own rules later; this only keeps a single one from filling the memory. */
export const fieldBytesMaximum = 65_536;
/** Three pictures, a video, under ten fields; room for empty ones that forms and tools add. */
export const partsMaximum = 32;
/** The longest field name of the contract has 20 characters. */
export const fieldNameMaximum = 100;
/** Content-Disposition with a long file name, and a Content-Type; browsers send under 1 kB. */
export const partHeaderBytesMaximum = 16_384;

/** Browsers and libraries send nothing before the first boundary; a form whose boundary is another one ends here. */
export const preambleBytesMaximum = 16_384;

export const imagesMaximum = 3;

/** Everything at its limit; one byte more cannot be right. */
export const uploadBytesMaximum = imagesMaximum * imageBytesMaximum + videoBytesMaximum +
  partsMaximum * (fieldBytesMaximum + partHeaderBytesMaximum);

/** A body without files: prompt, options and three long signed addresses come to a tenth of this. */
export const formBytesMaximum = 256_000;

/** One side, pixels: what WebP can hold, and more than phones and cameras under 20 MB make. */
export const imageSideMaximum = 16_383;
/** 100 megapixels: whoever decodes it needs 400 MB; more in under 20 MB is a decompression bomb or a map. */
export const imagePixelsMaximum = 100_000_000;

/** A phone that changes its network is back within seconds; who is silent for longer is gone. */
export const bodyStallMaximumMs = 20_000;
/** A video of 100 MB at 1 Mbit/s, and a little more. */
export const uploadTotalMaximumMs = 900_000;
/** A body without files at 34 kbit/s: nobody is that slow by accident. */
export const formTotalMaximumMs = 60_000;
/**
 * Read at once in one isolate. Each holds two windows of 64 kB and, for its files, a first buffer of 512 kB, so all of
 * them 30 MiB of the isolate's 128 MB; larger buffers are counted apart (`storage/part-memory.ts`).
 */
export const bodiesMaximum = 48;
