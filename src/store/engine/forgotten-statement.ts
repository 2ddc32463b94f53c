const STATEMENT_FORGOTTEN = 'EFORGOTTEN'
const MOST_TRIES = 40

/** For a transaction that failed only because the server no longer knows a prepared statement by its name. */
export function statementForgotten(cause: unknown): Error {
  return Object.assign(new Error('the server does not know a statement by its name', { cause }), {
    code: STATEMENT_FORGOTTEN,
  })
}

export function isStatementForgotten(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === STATEMENT_FORGOTTEN
}

/** Tries again after such a failure: the next time the statement is sent in full. */
export async function retryForgottenStatement<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isStatementForgotten(error) || tries === MOST_TRIES) throw error
    }
  }
}
