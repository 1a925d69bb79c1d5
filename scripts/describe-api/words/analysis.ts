/** What each member of the analyses means. */
const lightWords = "Direction, hardness and colour of the light.";

const beatWords = (list: string) => ({
  [`${list}.start_seconds`]: "Where it begins, seconds from the start.",
  [`${list}.end_seconds`]: "Where it ends, seconds from the start.",
  [`${list}.what_happens`]: "What is seen to happen.",
  [`${list}.camera`]: "What the camera does meanwhile.",
});

const motionWords = {
  camera_moves: "How the camera moves, most important first.",
  pace: "How fast it goes on.",
  transitions: "How one shot becomes the next.",
};

export const analysisWords: Record<string, Record<string, string>> = {
  ImageAnalysis: {
    subject: "What the picture shows, one noun phrase.",
    product_kind: "The kind of product; empty if there is none.",
    materials: "Materials and finishes that are visible.",
    colours: "Dominant colours, strongest first.",
    "colours.name": "The colour in a word or two.",
    "colours.hex": "The colour as `#rrggbb`.",
    light: lightWords,
    background: "What is behind the subject.",
    composition: "Where things stand in the picture.",
    camera: "Angle, distance, lens and depth of field.",
    mood: "How the picture feels.",
    legible_text: "Text on the product exactly as written: labels, engravings, hallmarks.",
    must_not_change: "Details that make it this product and no other.",
  },
  VideoAnalysis: {
    summary: "What the video shows, in a sentence or two.",
    ...motionWords,
    light: lightWords,
    beats: "What happens when, in order.",
    ...beatWords("beats"),
  },
  MergedAnalysis: {
    subject: "What the video is to show.",
    product_kind: "The kind of product; empty if there is none.",
    shared: "What the pictures agree on: at least two of them, or the only one; best supported first.",
    "shared.materials": "Materials and finishes.",
    "shared.colours": "Colours, strongest first.",
    "shared.colours.name": "The colour in a word or two.",
    "shared.colours.hex": "The colour as `#rrggbb`.",
    "shared.legible_text": "The lettering of all pictures, letter by letter: what only one shows must be kept as well.",
    differences: "Where the pictures differ.",
    "differences.aspect": "In what they differ.",
    "differences.values": "Each picture's own value.",
    "differences.values.image": "Which picture, counted from 1 in the order of the references.",
    "differences.values.value": "What it shows.",
    additions: "What each picture adds that the others do not have.",
    "additions.image": "Which picture, counted from 1 in the order of the references.",
    "additions.role": "What the picture is there for.",
    "additions.adds": "What only it shows.",
    light: "The light of the video.",
    background: "The background of the video.",
    mood: "The mood of the video.",
    must_not_change: "Details that make it this product and no other.",
    motion: "What the reference video gives; null without one.",
    ...Object.fromEntries(Object.entries(motionWords).map(([name, words]) => [`motion.${name}`, words])),
    "motion.light": lightWords,
    "motion.beats": "What happens when, in order.",
    ...beatWords("motion.beats"),
  },
};
