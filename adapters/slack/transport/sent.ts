/** What Slack sent, whichever way it came. */
export type Sent = {
  readonly body: Body
  /** The id of what carried it, which comes again with it: the signature of an HTTP request, the envelope of a socket. */
  readonly carrier: string
  /** Tells Slack that it has arrived; a form and a search are answered with it. Once. */
  ack(answer?: object): Promise<void>
}

export type Body = Readonly<Record<string, unknown>>

/** Does what was asked, and acknowledges it. Never throws. */
export type Hear = (sent: Sent) => Promise<void>
