/** The package's; a test compares the two, because what is compiled lies elsewhere than what is written. */
export const version = "0.1.0";
