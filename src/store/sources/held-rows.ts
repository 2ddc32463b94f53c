/**
 * Corrections that wait, by identity, until the whole file has been read: the last row of an identity counts, however
 * far apart they are, so that the same file again changes nothing.
 */
export type HeldRows<T> = Map<string, T>

/**
 * What became of rows that a later one may overrule: the row whose place is taken changes nothing. Where rows need not
 * say everything, `merge` keeps what the later one does not say.
 */
export function hold<T>(
  held: HeldRows<T>,
  identity: string,
  row: T,
  merge: (earlier: T, row: T) => T = (_, row) => row,
): { readonly unchanged: 0 | 1 } {
  const earlier = held.get(identity)
  held.set(identity, earlier === undefined ? row : merge(earlier, row))
  return { unchanged: earlier === undefined ? 0 : 1 }
}
