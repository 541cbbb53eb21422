/**
 * Goes to a place of ours by a whole load: nothing of a former user may stay in memory. Never settles, so that whoever
 * waits for it is busy until the page is gone.
 */
export function leave(place: string): Promise<never> {
  window.location.assign(place);
  return new Promise(() => {});
}
