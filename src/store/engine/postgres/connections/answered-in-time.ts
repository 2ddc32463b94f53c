import { withTimeout } from '../../../../async/with-timeout.ts'

/** The same promise, which fails if nobody answers within so many milliseconds. */
export function answeredInTime<T>(question: Promise<T>, milliseconds: number): Promise<T> {
  return withTimeout(question, milliseconds, unanswered)
}

function unanswered(): Error {
  return Object.assign(new Error('the server did not answer in time'), { code: 'ETIMEDOUT' })
}
