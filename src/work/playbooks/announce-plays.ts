import type { Context } from '../../context.ts'
import { isStorm } from '../../domain/alerts/route.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { countCustomers } from '../../store/accounts/account-list.ts'
import { countOpenedAt } from '../../store/alerts/alert-news.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { countRunsAt, markRunAnnounced, type Run, runsToAnnounce } from '../../store/playbooks/playbook-runs.ts'
import { isScoringUnderWay } from '../../store/scoring/shared-runs.ts'
import type { Db } from '../../store/tables.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { announceRun } from './announce-run.ts'
import { announceRunsTogether } from './announce-runs-together.ts'

/** What was started longer ago and never announced stays in `/health tasks`. */
const NEWS = 7 * DAY

/**
 * Puts the task lists of playbooks that began into the outbox, each once: in the alert's thread, else to who does it; in
 * a storm one message for each who has something to do. While a scoring is under way nobody knows yet how many there are.
 */
export async function announcePlays({ connection, settings, clock, wakeSender }: Context): Promise<void> {
  const { db } = connection
  const now = clock()
  if (await isScoringUnderWay(db)) return
  const { admins, storm } = settings.routes
  const toAnnounce = { admin: admins[0], now }
  const { attempt, report } = isolateFailures()
  for (const [startedAt, runs] of groupedBy(await runsToAnnounce(db, now - NEWS), ({ startedAt }) => startedAt)) {
    const isMany = await isStormAt(db, startedAt, storm)
    const together = () =>
      inTransaction(db, async db => announceRunsTogether(db, await takeAll(db, runs, now), toAnnounce))
    if (isMany) await attempt('plays of a storm', together)
    for (const run of isMany ? [] : runs) {
      const alone = async (db: Db) => {
        if (await markRunAnnounced(db, run.id, now)) await announceRun(db, run, toAnnounce)
      }
      await attempt(run.id, () => inTransaction(db, alone))
    }
    wakeSender()
  }
  report()
}

/** A scoring that opened too many alerts to be read, or began too many plays. */
async function isStormAt(
  db: Db,
  at: Instant,
  storm: { readonly alerts: number; readonly share: number },
): Promise<boolean> {
  const accounts = await countCustomers(db)
  const { runs, concerned } = await countRunsAt(db, at)
  return (
    isStorm({ ...(await countOpenedAt(db, at)), accounts }, storm) ||
    isStorm({ alerts: runs, concerned, accounts }, storm)
  )
}

async function takeAll(db: Db, runs: readonly Run[], now: Instant): Promise<Run[]> {
  const taken: Run[] = []
  for (const run of runs) if (await markRunAnnounced(db, run.id, now)) taken.push(run)
  return taken
}
