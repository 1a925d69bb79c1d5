/** Requests that the service takes as they are (a test sends them). */
export const wishes = {
  duration_seconds: 30,
  aspect_ratio: "1:1",
  quality: "standard",
};

export const addresses = {
  reference_image_urls: [
    "https://shop.example.org/pictures/ring-front.jpg",
    "https://shop.example.org/pictures/ring-side.jpg?size=2000,1500",
  ],
  video_reference_url: "https://shop.example.org/videos/turntable.mp4",
  use_case: "gemstone_closeup",
  duration_seconds: 10,
};

/** Files are whatever the sender has. */
export const upload = {
  reference_image1: "(a file)",
  video_reference: "(a file)",
  use_case: "gemstone_closeup",
  aspect_ratio: "9:16",
  additional_prompt: "A slow turn on black velvet",
};

export const onePrompt = {
  prompt: "Slow orbit around a gold ring with an emerald on black velvet; the stone catches soft daylight.",
};

export const severalPrompts = {
  prompts: [
    "The ring stands on black velvet; slow push-in.",
    "Close on the emerald; light wanders over its facets.",
  ],
};
