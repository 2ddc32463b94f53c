import type { AlertDetails } from '../../../domain/alerts/alert-details.ts'
import { UNKNOWN } from '../../../domain/scoring/settle.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { announcedStatusOf } from '../../digests/announced.ts'
import { shownAttributes } from '../../portfolio/portfolio.ts'
import type { Db } from '../../tables.ts'
import { newestScores } from '../newest-scores.ts'

type Ended = {
  readonly id: string
  readonly account: number
  readonly resolved_at: Instant | null
  readonly scored_at: Instant | null
}

type Then = {
  readonly about: Pick<AlertDetails['about'], 'arr' | 'currency' | 'renewalOn'>
  readonly status: Pick<AlertDetails, 'verdict' | 'shown'>
}

/**
 * For resolved alerts whose account was scored since: its status at the end of the alert. Its owner is the one it has
 * now.
 */
export async function statusesAtEnd(db: Db, rows: readonly Ended[]): Promise<Map<string, Then>> {
  const found = new Map<string, Then>()
  for (const { id, account, resolved_at: at, scored_at } of rows) {
    if (at === null || scored_at === null || scored_at <= at) continue
    const { arr, currency, renewalOn } = (await shownAttributes(db, at, [account]))(account)
    const shown = await shownThen(db, account, at)
    found.set(id, {
      about: {
        ...(arr !== undefined && { arr }),
        ...(currency !== undefined && { currency }),
        ...(renewalOn !== undefined && { renewalOn }),
      },
      status: {
        verdict: (await announcedStatusOf(db, account, at))?.verdict ?? UNKNOWN,
        ...(shown !== undefined && { shown }),
      },
    })
  }
  return found
}

async function shownThen(db: Db, account: number, at: Instant): Promise<number | undefined> {
  const scores = db.selectFrom('scores').select('shown').where('account', '=', account).where('at', '<=', at)
  const [row] = await newestScores(db, { most: 1, until: at }, days =>
    scores.where('day', 'in', days).orderBy('day', 'desc').execute(),
  )
  return row?.shown ?? undefined
}
