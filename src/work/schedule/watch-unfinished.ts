import type { Log } from '../../log.ts'
import { findUnfinished } from '../../store/claims/unfinished.ts'
import type { Db } from '../../store/tables.ts'
import { type Repeating, repeating } from './repeating.ts'

const INTERVAL = 1_000

/**
 * Calls `takeUp` whenever an instance turns out to have left work unfinished, and `help` every second for as long as
 * a scoring can be helped with.
 */
export function watchUnfinished(db: Db, log: Log, { takeUp, help }: { takeUp(): void; help(): void }): Repeating {
  let known = new Set<string>()
  return repeating(log, 'look for unfinished work', INTERVAL, async () => {
    const { lapsed, isScoringOpen } = await findUnfinished(db)
    const isNews = lapsed.some(claim => !known.has(claim))
    known = new Set(lapsed)
    if (isNews) takeUp()
    if (isScoringOpen) help()
  })
}
