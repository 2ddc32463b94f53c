/** A row of a file or request, its identity in words. */
export type SentRow = { readonly identity: string; readonly observedAt: number; readonly value: number }

/** What was sent together. */
export type Sent = { readonly now: number; readonly isHistory: boolean; readonly rows: readonly SentRow[] }

type Version = { readonly value: number; receivedAt: number }

/** What DOMAIN 1 says of signals, in its own words and nothing else: the versions of each identity, as recorded. */
export function versionsOf(sent: readonly Sent[]): Map<string, Version[]> {
  const versions = new Map<string, Version[]>()
  for (const { now, isHistory, rows } of sent) {
    // The same file twice changes nothing: of several rows of one identity the last one says what the file says.
    const lastRows = new Map(rows.map(row => [row.identity, row]))
    for (const { identity, observedAt, value } of lastRows.values()) {
      const known = versions.get(identity) ?? []
      const newest = known.at(-1)
      const receivedAt = isHistory ? Math.min(observedAt, now) : now
      if (newest?.value !== value) known.push({ value, receivedAt })
      else if (isHistory) newest.receivedAt = Math.min(newest.receivedAt, receivedAt)
      versions.set(identity, known)
    }
  }
  return versions
}

/** The value of each identity as known at an instant. */
export function knownAt(versions: ReadonlyMap<string, readonly Version[]>, at: number): Record<string, number> {
  const known = [...versions].flatMap(([identity, list]) => {
    const version = list.findLast(({ receivedAt }) => receivedAt <= at)
    return version === undefined ? [] : [[identity, version.value] as const]
  })
  return Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
