import { type Platform, remedyOn } from '../../chat/platform.ts'
import type { Environment } from '../../config.ts'
import { auditFault } from '../../domain/admin/audit-check.ts'
import { brokenDestination } from '../../domain/admin/broken-destination.ts'
import type { Checkup, Leaver, StuckMessages } from '../../domain/admin/checkup.ts'
import { PARKED_FROM } from '../../domain/events/retry.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { routeNotes } from '../../model/route-notes.ts'
import type { Settings } from '../../model/settings.ts'
import { countWaitingAccounts, readOverdueSchedules, readOwners, readStuckMessages } from '../../store/admin/checkup.ts'
import { checkAudit } from '../../store/audit/audit-chain.ts'
import { lostInstances } from '../../store/claims/instances.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { refusedReceivers } from '../../store/events/receivers.ts'
import { readHeld } from '../../store/people/held.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { listPeople } from '../../store/people/people.ts'
import { listUnreadEvents } from '../../store/sources/unread-events.ts'
import type { Db } from '../../store/tables.ts'
import { unreadEventsText } from '../../views/sources/unread-events-text.ts'
import { digestJobName } from '../digests/build-digest.ts'
import { unreadableDigests, withDigests } from '../digests/known-digests.ts'
import { MORNING } from '../home/morning-job.ts'
import { MEETINGS } from '../meetings/meetings-job.ts'
import { whyCannotAct } from '../people/who-cannot-act.ts'
import { reportSources } from '../sources/source-report.ts'
import { examineSetUp } from './examine-set-up.ts'
import { sharedDestinations } from './shared-destinations.ts'

type Examined = {
  readonly settings: () => Settings
  readonly environment: Environment
  readonly platforms: readonly Platform[]
}

/** Checks everything that can be wrong. `settings` throws if they are invalid. */
export async function examine(
  connection: Connection,
  { settings, environment, platforms }: Examined,
  now: Instant,
): Promise<Checkup> {
  const { found: written, refusal } = tried(settings)
  const managed = await readManagedDigests(connection.db)
  const found = written && withDigests(managed, written)
  const audit = auditFault(await checkAudit(connection.db))
  const people = new Set((await listPeople(connection.db)).map(({ email }) => email))
  const owners = await readOwners(connection.db)
  const unknown = owners.flatMap(({ owner }) =>
    owner === null || people.has(foldEmail(owner)) ? [] : [foldEmail(owner)],
  )
  return {
    ...(refusal !== undefined && { settings: refusal }),
    stuck: (await readStuckMessages(connection.db, now)).map(messages => withRemedy(messages, platforms)),
    refusingReceivers: (await refusedReceivers(connection.db, PARKED_FROM)).map(({ url, fault = 'unknown' }) => ({
      host: new URL(url).host,
      fault,
    })),
    waitingAccounts: await countWaitingAccounts(connection.db, now),
    unreadableDigests: found === undefined ? [] : unreadableDigests(managed, found),
    sharedDestinations: found === undefined ? [] : await sharedDestinations(connection, found),
    overdue: (await readOverdueSchedules(connection.db, now)).filter(({ schedule }) => isInUse(found, schedule)),
    lostInstances: await lostInstances(connection.db, now - DAY),
    ...(audit !== undefined && { audit }),
    isDamaged: !(await connection.engine.isSound()),
    walBytes: await connection.engine.walBytes(),
    unknownOwners: [...groupedBy(unknown, owner => owner)].map(([owner, { length }]) => ({ owner, accounts: length })),
    leavers: await leavers(connection.db, found),
    setUp: await examineSetUp(connection, found, { environment, platforms }),
    sources: await reportSources(connection.db, found, now),
    notes: [
      ...(found === undefined ? [] : [...routeNotes(found), ...(await unreadEventNotes(connection.db, found))]),
      ...(await connection.engine.notes()),
    ],
    unowned: owners.filter(({ owner }) => owner === null).map(({ account }) => account),
  }
}

function withRemedy(messages: StuckMessages, platforms: readonly Platform[]): StuckMessages {
  const { to, state, reason } = messages
  const name = to.platform
  const isLockedOut = platforms.some(platform => platform.name === name && platform.isLockedOut(reason))
  if (state === 'pending' && isLockedOut)
    return { ...messages, remedy: remedyOn(platforms, name, { to: 'platform', reason }) }
  return state === 'parked'
    ? { ...messages, remedy: remedyOn(platforms, name, brokenDestination(to, reason)) }
    : messages
}

/** People who can no longer act but still hold something, because no service has run since. */
async function leavers(db: Db, settings: Settings | undefined): Promise<Leaver[]> {
  const routes = settings?.routes ?? { admins: [] }
  const found = await Promise.all(
    (await readHeld(db)).map(async ({ by, alerts, tasks }) => {
      const why = await whyCannotAct(db, routes, by)
      const person = await knownPersonOrNone(db, by)
      const isTheirs = alerts.length > 0 || person !== undefined
      return why === undefined || !isTheirs
        ? []
        : [{ name: person?.name ?? by, why, alerts: alerts.length, tasks: tasks.length }]
    }),
  )
  return found.flat()
}

/** Most products send many events of which a few matter: nothing is wrong, but somebody may miss one. */
async function unreadEventNotes(db: Db, { sources }: Settings): Promise<string[]> {
  const read = Object.keys(sources.segment?.events ?? {})
  const unread = (await listUnreadEvents(db)).filter(({ event }) => !read.includes(event))
  return unread.length === 0 ? [] : [unreadEventsText(unread)]
}

/** A deleted digest leaves its schedule behind, which is fine. */
function isInUse(settings: Settings | undefined, schedule: string): boolean {
  // the time zone of a morning may be nobody's anymore
  if (schedule.startsWith(MORNING) || schedule.startsWith(MEETINGS)) return false
  if (settings === undefined || !schedule.startsWith('digest:')) return true
  return settings.digests.some(({ name }) => digestJobName(name) === schedule)
}

function tried(settings: () => Settings): { found?: Settings; refusal?: string } {
  try {
    return { found: settings() }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}
