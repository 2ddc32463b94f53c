import { withTimeout } from '../../../../async/with-timeout.ts'

/** The same, or a failure that says that nobody answered, once so many milliseconds have passed. */
export function answered<T>(question: Promise<T>, milliseconds: number): Promise<T> {
  return withTimeout(question, milliseconds, unanswered)
}

function unanswered(): Error {
  return Object.assign(new Error('the server did not answer in time'), { code: 'ETIMEDOUT' })
}
