/** Waits until the condition gives something, and gives that; fails with what it was waiting for. */
export async function until<T>(
  condition: () => T | Promise<T>,
  // Only a test that fails waits that long; the others must pass on a machine that is busy with something else.
  timeout = 15_000,
): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + timeout
  for (;;) {
    const value = await condition()
    if (value !== undefined && value !== null && value !== false) return value as Exclude<T, undefined | null | false>
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain for: ${condition.toString()}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
