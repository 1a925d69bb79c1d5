/** Works that must not overlap. */

/**
 * @returns a function that begins each work when the one before it has ended, well or not, and gives its result
 */
export function createTurns(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}
