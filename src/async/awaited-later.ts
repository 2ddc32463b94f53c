/** The same promise, which may fail before anybody awaits it: the failure surfaces when somebody does. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
