/** An error as plain data: between threads, an error loses everything but its message. */
export type Failure = { readonly message: string; readonly about: Readonly<Record<string, unknown>> }

/** Keeps what tells the kind of error, such as the code of a database. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), about: {} }
  const plain = Object.entries(error).filter(([, value]) => ['string', 'number'].includes(typeof value))
  return { message: error.message, about: Object.fromEntries(plain) }
}

export function errorOf({ message, about }: Failure): Error {
  return Object.assign(new Error(message), about)
}
