/** English. Numbers and times come in already written as the reader writes them. */
import { charged, requestErrors, statuses, taskErrors } from "./en-codes.js";
import { making } from "./en-making.js";
import { page, useCases } from "./en-page.js";
import { plan } from "./en-plan.js";

/** @typedef {typeof en} Words */

/** @typedef {(value: string) => string} Phrase */
/** @typedef {(first: string, second: string) => string} PhraseOfTwo */

export const en = {
  page,
  useCases,
  requestErrors,
  taskErrors,
  statuses,
  charged,
  ...plan,
  ...making,

  /** @type {Record<string, string>} */
  fields: {
    use_case: "What for",
    duration_seconds: "Length",
    aspect_ratio: "Shape",
    quality: "Quality",
    structure: "How it is filmed",
    prompt: "The prompt",
    additional_prompt: "Your words",
  },
  countOf: /** @type {PhraseOfTwo} */ ((count, maximum) => `${count} of ${maximum}`),

  remove: /** @type {Phrase} */ ((number) => `Remove picture ${number}`),
  removeSample: "Remove the video",
  replace: /** @type {Phrase} */ ((number) => `Picture ${number}, replace`),
  picture: /** @type {Phrase} */ ((number) => `Picture ${number}`),
  sampleVideo: "The video to move like",
  notTaken: "Not taken",

  wrongPicture: /** @type {Phrase} */ ((kind) => `This file is ${kind}. Choose a JPEG, PNG or WebP.`),
  wrongVideo: /** @type {Phrase} */ ((kind) => `This file is ${kind}. Choose an MP4, MOV or WebM.`),
  unknownKind: "of an unknown kind",
  emptyFile: "The file is empty. Choose another.",
  tooLarge: /** @type {PhraseOfTwo} */ ((size, maximum) => `${size} is too much: at most ${maximum}. Save it smaller.`),
  tooManyPixels: "The picture has too many pixels: at most 100 megapixels. Save it smaller.",
  unreadablePicture: "The picture does not open: the file is damaged. Choose another.",
  animatedPicture: "The picture is animated. Choose a still one.",
  tooManyPictures: "There is room for three pictures; the others were not taken.",
  noPicture: "Lay down at least one picture first.",
  noAddress: "Give the address of at least one picture first.",
  wrongAddress: "An address begins with https:// or http://.",
  wrongReferences: "One of the references will not work. Replace or remove it.",
  tooLong: "Your words are too long. Shorten them.",

  sendingBegins: "Sending",
  sending: /** @type {PhraseOfTwo} */ ((sent, total) => `Sending: ${sent} of ${total}`),
  sent: "Everything is sent. Waiting for the answer",
  sendingStopped: "Stopped. Nothing was started.",
  sendingBroke: "The connection broke while sending. Nothing was started; try again.",
  answerLost:
    "Everything was sent, but the answer did not come. A video may be in the making: a second one would cost again.",
  seeMarks: "Something does not fit. It is marked where it stands.",
  strangeAnswer: "The service gave an answer that this page does not understand. Reload the page and try again.",
  alreadyMaking: "A video is being made",

  lostConnection: "No connection. The video is made without this page; it goes on here when the connection is back.",
  serviceSilent: "The service does not answer just now. This page keeps asking.",
  taskGone: "This task is no longer there. Tasks and their files are kept for a few days.",
  keepAddress: "You can close this page: its address leads back here.",
  startAnother: "Start another",
  startedAnother: "That one goes on without this page.",

  seenTitle: "What was seen",
  seenPending: "Being read",
  notSeen: "Not read",
  promptTitle: "Prompt",
  copy: "Copy",
  copied: "Copied",
  copyYourself: "Selected: copy it with your keyboard",
  notCopied: "It could not be copied",
  warningsTitle: "Good to know",
  more: "More",
  pictureNumber: /** @type {Phrase} */ ((number) => `Picture ${number}`),
  materials: "Materials",
  colours: "Colours",
  camera: "Camera",
  legibleText: "Text on it",
  light: "Light",
  background: "Background",
  composition: "Composition",
  mood: "Mood",
  mustNotChange: "Must stay",
  pace: "Pace",
  transitions: "Cuts",
  paces: { slow: "slow", moderate: "moderate", fast: "fast" },
  quoted: /** @type {Phrase} */ ((text) => `“${text}”`),

  done: "The video is ready",
  download: "Download",
  copyLink: "Copy the link",
  again: "Make another",
  soundOn: "Turn sound on",
  soundOff: "Turn sound off",
  length: "Length",
  frameSize: "Frame",
  model: "Model",
  weight: "Size",
  cost: "Cost",
  estimate: "Estimate",
  pricesAsOf: /** @type {Phrase} */ ((day) => `Google's prices of ${day}, for the film alone.`),
  costIsUnknown:
    /** @type {Phrase} */ ((day) =>
      `Nobody knows exactly what was charged: the least and the most, at Google's prices of ${day}.`),
  sandboxCost:
    /** @type {Phrase} */ ((day) => `In the sandbox nothing is charged; this is the price by Google's list of ${day}.`),
  keptUntil: /** @type {Phrase} */ ((moment) => `Kept until ${moment}.`),
  videoGone: "The video does not load. It may have expired, or the connection is gone.",

  tryAgain: "Try again",
  changeReferences: "Choose other references",
  changeWords: "Change words or pictures",
  backToForm: "Back to the form",
  mayCostTwice: "Trying again may cost a second time.",
  stoppedHere: "stopped here",
  restoring: "Laying the same references out again",
  restored: "The same references lie on the table again.",
  notRestored: "The references are no longer stored. Lay them down again.",

  warningSmaller: /** @type {Phrase} */ ((resolution) => `One take of several clips is made at ${resolution}.`),
  warningSquare: "Some players show the wrong rows of a square file; this page shows the right ones.",
  warningLength: /** @type {PhraseOfTwo} */ ((made, promised) => `The video has ${made}, not ${promised}.`),
  warningLost: "One of the clips cannot be made, so there will be no video. What is being made is fetched first.",
  warningAgain: "A clip did not come out at first and is made again.",
  warningModel:
    /** @type {Phrase} */ ((model) => `The model of before is gone; its successor ${model} makes the video.`),
  warningAnalyst: "There is no OpenAI key here, so Gemini looks at the pictures and writes the prompt.",
  warningTry: "Whether the try that failed was charged is not known.",
  warningTurned:
    "A picture is stored turned, with a note (EXIF) how to show it. The model may not read that note; an upright copy is safer.",

  sandboxStrong: "Sandbox.",
  sandbox: "OpenAI and Google are played by a stand-in: the video is a test clip, and nothing is charged.",
  missing: /** @type {Phrase} */ ((names) => `Not set: ${names}.`),
  missingWhere:
    "No video can be made before that. Locally it goes into the file .dev.vars; deployed, it is set with wrangler secret put.",
};
