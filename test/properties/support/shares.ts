/** How many requests each property sends: the more can be wrong with a route's requests, the more. */
export const shares = {
  formsWithBrokenFields: 1_500,
  formsWithBrokenFiles: 1_500,
  formsWithBrokenParts: 1_500,
  formsWithDamagedBytes: 1_000,
  formsThroughTheWorker: 150,
  urlBodiesWithBrokenFields: 2_000,
  urlBodiesWithBrokenAddresses: 2_000,
  urlBodiesOfOtherShapes: 1_500,
  estimates: 2_000,
  approvals: 1_000,
  idsOfNoTask: 1_500,
  filesThatAreNotThere: 1_000,
  rangesOfAFile: 1_000,
  unknownAddresses: 1_000,
  methodsNotTaken: 500,
  otherSites: 500,
  strangers: 2_000,
} as const;

export type PropertyName = keyof typeof shares;
