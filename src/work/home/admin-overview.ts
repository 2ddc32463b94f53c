import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Settings } from '../../model/settings.ts'
import { countCustomers } from '../../store/accounts/account-list.ts'
import { countWaitingAccounts, readOverdueSchedules, readStuckMessages } from '../../store/admin/checkup.ts'
import { lostInstances } from '../../store/claims/instances.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listPeople } from '../../store/people/people.ts'
import { newestScoringOrNone } from '../../store/scoring/statuses/current-status.ts'
import { complaintsOf } from '../../views/admin/complaints.ts'
import type { AdminOverview } from '../../views/home/admin-parts.ts'
import { sharedDestinations } from '../admin/shared-destinations.ts'
import { knownDigests, unreadableDigests } from '../digests/known-digests.ts'
import { reportSources } from '../sources/source-report.ts'

/** What an admin looks after, and what is obviously wrong with it: `rounds doctor` checks more. */
export async function readAdminOverview(
  connection: Connection,
  settings: Settings,
  now: Instant,
): Promise<AdminOverview> {
  const { db } = connection
  const managed = await readManagedDigests(db)
  const known = knownDigests(managed, settings)
  const sources = await reportSources(db, settings, now)
  const scoredAt = await newestScoringOrNone(db)
  const complaints = complaintsOf({
    stuck: await readStuckMessages(db, now),
    unreadableDigests: unreadableDigests(managed, settings),
    sharedDestinations: await sharedDestinations(connection, settings),
    waitingAccounts: await countWaitingAccounts(db, now),
    overdue: await readOverdueSchedules(db, now),
    lostInstances: await lostInstances(db, now - DAY),
    ...{ refusingReceivers: [], isDamaged: false, walBytes: 0, unknownOwners: [], unowned: [], leavers: [], notes: [] },
    setUp: { isEmpty: false, placeholders: [], offPlatforms: [] },
    sources,
  })
  return {
    accounts: await countCustomers(db),
    people: (await listPeople(db)).length,
    sources: new Set(sources.days.map(({ source }) => source)).size,
    model: settings.model.name,
    ...(scoredAt !== undefined && { scoredAt }),
    digests: known.map(({ digest, isPaused }) => ({ name: digest.name, isPaused })),
    hasRoutes: settings.routes.routes.length > 0,
    complaints,
  }
}
