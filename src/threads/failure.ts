/** An error as plain data: between threads all that an error has beside its message is lost. */
export type Failure = { readonly message: string; readonly about: Readonly<Record<string, unknown>> }

/** With what tells its kind, such as the code of a database. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), about: {} }
  const plain = Object.entries(error).filter(([, value]) => ['string', 'number'].includes(typeof value))
  return { message: error.message, about: Object.fromEntries(plain) }
}

export function errorOf({ message, about }: Failure): Error {
  return Object.assign(new Error(message), about)
}
