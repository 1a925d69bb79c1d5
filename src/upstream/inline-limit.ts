/**
 * Files of up to this size, together, go to Gemini inside the request, larger ones through its Files API; bytes. The
 * documented limit is 20 MB for the whole request (newer pages say 100), base64 adds a third, and schema and words need
 * room.
 */
export const inlineBytesMaximum = 14_000_000;
