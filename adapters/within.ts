/** Slack waits 3 s for an answer, which must still travel; Teams waits longer, but people do not. */
export const ANSWER_WITHIN = 2_500

/** The outcome, or undefined when it takes longer. */
export async function within<T>(milliseconds: number, outcome: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    return await Promise.race([outcome, late])
  } finally {
    clearTimeout(timer)
  }
}
