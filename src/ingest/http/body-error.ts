/** A body that is refused as a whole. */
export class BodyError extends Error {
  readonly status: 400 | 408 | 409 | 413 | 415 | 422
  readonly hint: string

  constructor(status: BodyError['status'], sentence: string, hint: string) {
    super(sentence)
    this.status = status
    this.hint = hint
  }
}
