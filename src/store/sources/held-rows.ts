/**
 * Corrections that wait, by identity, until the whole file has been read. The last row of an identity counts, however
 * far apart they are, so that the same file changes nothing the second time.
 */
export type HeldRows<T> = Map<string, T>

/**
 * The outcome of a row that a later one may replace: a replaced row changes nothing. If rows need not have every field,
 * `merge` keeps what the later one leaves out.
 */
export function holdRow<T>(
  held: HeldRows<T>,
  identity: string,
  row: T,
  merge: (earlier: T, row: T) => T = (_, row) => row,
): { readonly unchanged: 0 | 1 } {
  const earlier = held.get(identity)
  held.set(identity, earlier === undefined ? row : merge(earlier, row))
  return { unchanged: earlier === undefined ? 0 : 1 }
}
