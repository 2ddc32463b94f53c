const FORGOTTEN = 'EFORGOTTEN'
const MOST_TRIES = 40

/** A transaction failed only for the name of a statement, which the server let go of. */
export function forgotten(cause: unknown): Error {
  return Object.assign(new Error('the server does not know a statement by its name', { cause }), { code: FORGOTTEN })
}

export function isForgotten(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FORGOTTEN
}

/** Does it again where it failed for that: the next time the statement goes out whole. */
export async function unlessForgotten<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isForgotten(error) || tries === MOST_TRIES) throw error
    }
  }
}
