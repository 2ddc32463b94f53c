/** What makes a message that tests put into the outbox: about nothing in particular, by a name of its own. */
export function named(id: string) {
  return { subject: { of: 'request', id }, purpose: 'answer' } as const
}
