import type { DigestAccount, DigestStatus } from '../../domain/digests/digest-account.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { namingPeople } from '../people/leavers.ts'
import { readLines } from '../portfolio/portfolio.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

type Keyed = DigestStatus & { readonly key: number }

/** The details of a few accounts, by key. */
export async function readDigestDetails(
  db: Db,
  statuses: readonly Keyed[],
  at: Instant,
): Promise<Map<number, DigestAccount & { readonly key: number }>> {
  const nameOf = await namingPeople(db)
  const found = new Map<number, DigestAccount & { readonly key: number }>()
  for (const part of slices(statuses)) {
    const lines = await readLines(
      db,
      at,
      part.map(({ key }) => key),
    )
    for (const status of part) {
      const { name = status.id, reason = '', arr, currency, owner } = lines.get(status.key) ?? {}
      found.set(status.key, {
        ...{ ...status, name, reason },
        ...(arr !== undefined && { arr }),
        ...(currency !== undefined && { currency }),
        ...(owner !== undefined && { owner: nameOf(owner) }),
      })
    }
  }
  return found
}
