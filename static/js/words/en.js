/** English. Numbers and times come in already written as the reader writes them. */

/** @import { Charged, RequestErrorCode, Segment, TaskErrorCode, TaskRequest, TaskStatus, TaskView } from "../types.js" */

/** @typedef {typeof en} Words */

/** @typedef {(value: string) => string} Phrase */
/** @typedef {(first: string, second: string) => string} PhraseOfTwo */
/** @typedef {(count: number, length: string) => string} CountPhrase */

export const en = {
  page: {
    headline: "A video from your pictures",
    lede:
      "Lay down one to three pictures. Google's Veo 3.1 or its successor makes a short video from them, with sound.",
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
  },
  /** @type {Record<TaskRequest["use_case"], string>} */
  useCases: {
    product_video: "Clear and honest: light travels along the edges, the camera goes a quarter round.",
    hero_image: "One strong, almost still view, with room for a headline.",
    gemstone_closeup: "Very close, on black velvet: one facet after another lights up.",
    luxury_brand: "Slow and quiet: evening light, marble, a cello.",
    general: "As in life: daylight, an everyday place, a calm camera.",
  },
  /** @type {Record<RequestErrorCode, string>} */
  requestErrors: {
    invalid_input: "This cannot be used as it is.",
    unsupported_media_type: "This kind of file is not taken.",
    payload_too_large: "This is too large.",
    reference_unusable: "This file cannot be used.",
    reference_fetch_failed: "This address could not be fetched.",
    reference_url_refused: "This address is not allowed.",
    unauthorized: "This service asks for a key.",
    not_found: "There is nothing at this address.",
    method_not_allowed: "The service does not take this request.",
    wrong_state: "The task has moved on, so this is no longer possible.",
    idempotency_conflict: "The same order was already sent with other contents.",
    range_not_satisfiable: "The file is shorter than what was asked of it.",
    rate_limited: "Too many requests at the moment. Wait a little and try again.",
    budget_exceeded: "The day's budget is spent. Try again tomorrow.",
    not_configured: "A setting is missing, so no video can be made yet.",
    internal: "The service failed. Nothing was started.",
  },
  /** @type {Record<TaskErrorCode, string>} */
  taskErrors: {
    analysis_failed: "The references could not be read.",
    prompt_failed: "The prompt could not be written.",
    filtered_prompt: "The model's filter declined the prompt.",
    filtered_output: "The model's filter withheld the finished clip.",
    model_retired: "Google no longer offers the model that is set here.",
    quota_exhausted: "This service's quota is used up for today.",
    provider_error: "The model did not make the clip.",
    submit_unknown:
      "The connection to Google broke while the clip was being asked for, so nobody knows whether the clip is being made.",
    download_failed: "The clip was made, but it could not be fetched.",
    deadline_exceeded: "It took too long, so the waiting was ended.",
    not_configured: "A setting of this service is missing or wrong.",
    canceled: "The task was stopped.",
  },
  /** @type {Record<TaskStatus, string>} */
  statuses: {
    queued: "In the queue",
    analyzing: "Reading the references",
    prompting: "Writing the prompt",
    awaiting_approval: "Waiting for your approval",
    generating: "Filming",
    finishing: "Finishing the video",
    succeeded: "Done",
    failed: "It did not work",
    canceled: "Stopped",
  },
  /** @type {Record<Charged, string>} */
  charged: {
    no: "Nothing was charged for the video.",
    yes: "What was filmed was paid for.",
    unknown: "Whether it was charged is not known.",
  },

  /** @type {Record<TaskRequest["structure"], (resolution: string) => string>} */
  structures: {
    shots: () => "Several clips of the same subject, made side by side and cut together.",
    single_take: (resolution) =>
      `One movement without a cut: ${resolution}, each piece made after the one before, so slower.`,
  },
  takeTooLong:
    /** @type {(longest: string) => string} */ ((longest) => `This model films at most ${longest} in one take.`),
  clips: /** @type {CountPhrase} */ ((count, length) => `${count} ${count === 1 ? "clip" : "clips"} of ${length}`),
  extensions:
    /** @type {CountPhrase} */ ((count, length) => `${count} ${count === 1 ? "extension" : "extensions"} of ${length}`),
  and: " and ",
  withCut:
    /** @type {(made: string, cut: string, isOne: boolean) => string} */ ((made, cut, isOne) =>
      `${made}, ${cut} ${isOne ? "is" : "are"} cut away`),
  priceNote:
    /** @type {(made: string, model: string, day: string) => string} */ ((made, model, day) =>
      `for ${made} of film by ${model}, at Google's prices of ${day}`),
  noPriceSilent: "The price is not known: the service does not answer. This page asks again.",
  noPriceRefused: "No price: this cannot be made as chosen. What does not fit is marked.",
  offerMissing: "The service does not say what it can make.",
  offerMissingMeans: "Until it does, limits and the choice of structure are missing here. This page keeps asking.",

  reviewTitle: "Read it before it is made",
  reviewHint: "Nothing has been paid for filming yet. Change what you like; the model follows English best.",
  approve: /** @type {Phrase} */ ((price) => `Make it for ${price}`),
  cancel: "Cancel",
  cancelQuestion: "Clips that are already being made may have to be paid for; what gets ready is kept for you.",
  cancelAnyway: "Cancel anyway",
  goOn: "Keep going",
  cancelSent: "Cancelling",
  canceling:
    "It is being cancelled. Nothing more is asked for; clips that are already being made are stopped where the " +
    "model can do that, else fetched and kept, and then it ends.",
  /** @type {Record<NonNullable<TaskView["waiting"]>["reason"], Phrase>} */
  waits: {
    quota: (who) => `The quota with ${who} is used up for the moment.`,
    upstream_unavailable: (who) => `${who} does not answer as it should just now.`,
  },
  waitsUntilAbout: /** @type {Phrase} */ ((moment) => `It is tried again at about ${moment}.`),
  waitsNoMore: "It is being tried again.",
  waitsUntil:
    /** @type {PhraseOfTwo} */ ((moment, distance) =>
      `It waits for you until ${moment}, ${distance}. After that nothing is made, and nothing is paid.`),
  promptWaits: "A prompt waits for you",
  approvalSilent: "The answer did not come. This page looks whether it arrived; your words are kept.",

  shot: /** @type {Phrase} */ ((number) => `Shot ${number}`),
  beginning: "Beginning",
  extension: /** @type {Phrase} */ ((number) => `Extension ${number}`),
  madeAndShown: /** @type {PhraseOfTwo} */ ((made, shown) => `${made}, ${shown} in the video`),
  /** @type {Record<Segment["status"], string>} */
  segmentStates: {
    pending: "waiting",
    running: "being filmed",
    succeeded: "filmed",
    failed: "not filmed",
  },
  filmedOf: /** @type {PhraseOfTwo} */ ((count, total) => `${count} of ${total} filmed`),
  clipsTitle: "Clips",
  clipsNotLost: "What is filmed is not lost: open the clips here.",
  openClip: /** @type {Phrase} */ ((name) => `${name}: open the clip`),

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
