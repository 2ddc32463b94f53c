/**
 * Corrections that wait, by identity, until the whole file has been read: the last row of an identity counts, however
 * far apart they are, so that the same file again changes nothing.
 */
export type HeldRows<T> = Map<string, T>

/** What became of rows that a later one may overrule: the row whose place is taken changes nothing. */
export function hold<T>(held: HeldRows<T>, identity: string, row: T): { readonly unchanged: 0 | 1 } {
  const unchanged = held.has(identity) ? 1 : 0
  held.set(identity, row)
  return { unchanged }
}
