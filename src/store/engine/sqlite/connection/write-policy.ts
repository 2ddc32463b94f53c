/** How a connection shares a file with other writers. */
export type WritePolicy = {
  /** Milliseconds that it waits for another writer at most, and between two attempts. */
  readonly timeout: number
  readonly pause: number
  /** Whether the other threads of its process let it write first. */
  readonly hasPriority: boolean
  /** Pages in the log after which a commit checkpoints them. */
  readonly checkpoint: number
}

/**
 * For commands and threads; and for the event loop of a service, on which people wait: it retries often, goes before its own
 * threads, and leaves checkpoints to those that fill the log.
 */
export const WRITE_POLICIES = {
  command: { timeout: 5_000, pause: 4, hasPriority: false, checkpoint: 1_000 },
  service: { timeout: 1_000, pause: 1, hasPriority: true, checkpoint: 4_000 },
} as const satisfies Record<string, WritePolicy>
