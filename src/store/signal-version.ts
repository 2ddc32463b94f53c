import type { Instant } from '../domain/instant.ts'

/** What an identity was said to be, by whom and when we learned it. */
export type Version = { readonly value: number; readonly receivedAt: Instant; readonly source: number }

/** Oldest first. The same array when the version in force at that time had this value already. */
export function withVersion(versions: readonly Version[], version: Version): readonly Version[] {
  const at = versions.findLastIndex(({ receivedAt }) => receivedAt <= version.receivedAt)
  const inForce = versions[at]
  if (inForce?.value === version.value) return versions
  const before = versions.slice(0, inForce?.receivedAt === version.receivedAt ? at : at + 1)
  const goesBack = before.at(-1)?.value === version.value
  return [...before, ...(goesBack ? [] : [version]), ...versions.slice(at + 1)]
}
