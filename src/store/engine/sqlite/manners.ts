/** How a connection behaves to others who write to the same file. */
export type Manners = {
  /** Milliseconds that it waits for another writer, in steps after each of which it looks whether that one is done. */
  readonly patience: number
  readonly pause: number
  /** Whether the other threads of its process let it write before they do. */
  readonly goesFirst: boolean
  /** Pages in the log from which on whoever commits brings them to their places. */
  readonly checkpoint: number
}

/**
 * Of commands and threads; and of the event loop of a service, for which people wait: it looks often, goes before its own
 * threads, and leaves the log to those that fill it.
 */
export const MANNERS = {
  command: { patience: 5_000, pause: 4, goesFirst: false, checkpoint: 1_000 },
  service: { patience: 1_000, pause: 1, goesFirst: true, checkpoint: 4_000 },
} as const satisfies Record<string, Manners>
