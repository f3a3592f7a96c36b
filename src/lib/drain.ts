/** Waits for what a generator returns, whatever it yields on the way. */
export async function drain<Result>(
  running: AsyncGenerator<unknown, Result, void>,
): Promise<Result> {
  for (;;) {
    const next = await running.next()
    if (next.done === true) return next.value
  }
}
