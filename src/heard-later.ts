/** The same: should it fail before anybody waits for it, whoever does so later is told. */
export function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
