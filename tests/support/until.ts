const giveUpAfterMs = 20_000;

/** Resolves with the first answer that is true to `is`; asks again until then. For what happens outside, where nothing tells when. */
export async function until<T>(
  ask: () => Promise<T> | T,
  is: (answer: T) => boolean,
  withinMs = giveUpAfterMs,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`it did not come to that within ${withinMs} ms; last: ${JSON.stringify(answer)?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
