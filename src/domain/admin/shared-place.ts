/** Why nothing is sent to a channel. The outbox keeps it as the fault of what waits, and remedies go by it. */
export const SHARED = 'people from outside your company can read it'

/** A channel that the settings name although outsiders read along. */
export type SharedDestination = {
  readonly to: string
  /** Such as `the digest weekly`, `routes.yaml`. */
  readonly usedBy: readonly string[]
}

export function sharedProblem({ to, usedBy }: SharedDestination): string {
  return `Nothing is sent to ${to} (${usedBy.join(', ')}): ${SHARED}.`
}
