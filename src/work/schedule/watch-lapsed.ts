import type { Log } from '../../log.ts'
import { lapsedClaims } from '../../store/claims/claims.ts'
import type { Db } from '../../store/tables.ts'
import { type Repeating, repeating } from './repeating.ts'

const INTERVAL = 1_000

/** Calls `takeUp` whenever an instance turns out to have left work unfinished. */
export function watchLapsed(db: Db, log: Log, takeUp: () => void): Repeating {
  let known = new Set<string>()
  return repeating(log, 'look for what lapsed', INTERVAL, async () => {
    const lapsed = await lapsedClaims(db)
    const isNews = lapsed.some(claim => !known.has(claim))
    known = new Set(lapsed)
    if (isNews) takeUp()
  })
}
