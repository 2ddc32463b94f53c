import type { DigestAccount, DigestStatus } from '../../domain/digests/digest-account.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readLines } from '../portfolio/portfolio.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

type Keyed = DigestStatus & { readonly key: number }

/** What else is said of a few accounts, by key. */
export async function readDigestDetails(
  db: Db,
  statuses: readonly Keyed[],
  at: Instant,
): Promise<Map<number, DigestAccount & { readonly key: number }>> {
  const people = await db.selectFrom('people').select(['email', 'name']).execute()
  const names = new Map(people.map(({ email, name }) => [email, name]))
  const found = new Map<number, DigestAccount & { readonly key: number }>()
  for (const part of slices(statuses)) {
    const lines = await readLines(
      db,
      at,
      part.map(({ key }) => key),
    )
    for (const status of part) {
      const { name = status.id, reason = '', arr, owner } = lines.get(status.key) ?? {}
      found.set(status.key, {
        ...{ ...status, name, reason },
        ...(arr !== undefined && { arr }),
        ...(owner !== undefined && { owner: names.get(owner) ?? owner }),
      })
    }
  }
  return found
}
