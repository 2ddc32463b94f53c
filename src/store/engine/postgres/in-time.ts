/** The same, or a failure that says that nobody answered, once so many milliseconds have passed. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unanswered()), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function unanswered(): Error {
  return Object.assign(new Error('the server did not answer in time'), { code: 'ETIMEDOUT' })
}
