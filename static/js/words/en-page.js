/** English: what stands in the HTML, and the use cases. */

/**
 * Words that stand in the HTML, by the name that stands there.
 */
export const page = {
  headline: "A video from your pictures",
  lede: "Lay down one to three pictures. Google's Veo 3.1 or its successor makes a short video from them, with sound.",
  languages: "Language",
  references: "Pictures",
  ways: "How the pictures come",
  wayFiles: "Files",
  wayAddresses: "Addresses",
  slot1: "The whole piece",
  slot2: "Another side",
  slot3: "A detail",
  referencesHint: "Choose, drop or paste: JPEG, PNG or WebP, up to 20 MB each. A plain background helps most.",
  sample: "A video to move like",
  sampleHint: "Optional. Its camera and pace are taken over. MP4, MOV or WebM, up to 100 MB.",
  address1: "Address of picture 1",
  address2: "Address of picture 2",
  address3: "Address of picture 3",
  addressVideo: "Address of a video to move like, if any",
  addressesHint: "The service fetches them itself, so they must open without a password.",
  choices: "The brief",
  useCase: "What for",
  product_video: "Product",
  hero_image: "Hero",
  gemstone_closeup: "Gem",
  luxury_brand: "Luxury",
  general: "Other",
  duration: "Length",
  aspectRatio: "Shape",
  quality: "Quality",
  high: "High",
  standard: "Standard",
  structure: "How it is filmed",
  shots: "Shots cut together",
  single_take: "One take",
  review: "Show me the prompt before anything is paid",
  ownWords: "In your own words",
  ownWordsExample: "For example: a slow turn on black velvet, a ray slides over the facets",
  make: "Make the video",
  stopSending: "Stop",
  film: "Video",
  filmEmpty: "It will appear here",
  promise1: "The pictures and the video are read: subject, materials, light, movement.",
  promise2: "A prompt is written from that and from your words. You can read it, and change it first if you wish.",
  promise3:
    "It is filmed with sound, shots side by side. That takes between 11 seconds and 6 minutes; one take longer.",
};

/** @satisfies {Record<import("../types.js").TaskRequest["use_case"], string>} */
export const useCases = {
  product_video: "Clear and honest: light travels along the edges, the camera goes a quarter round.",
  hero_image: "One strong, almost still view, with room for a headline.",
  gemstone_closeup: "Very close, on black velvet: one facet after another lights up.",
  luxury_brand: "Slow and quiet: evening light, marble, a cello.",
  general: "As in life: daylight, an everyday place, a calm camera.",
};
