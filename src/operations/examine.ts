import type { Environment } from '../config.ts'
import { auditFault } from '../domain/audit-check.ts'
import type { Checkup, Leaver } from '../domain/checkup.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import { foldEmail } from '../domain/person.ts'
import { routeNotes } from '../model/route-notes.ts'
import type { Settings } from '../model/settings.ts'
import { checkAudit } from '../store/audit-chain.ts'
import {
  countWaitingAccounts,
  readOverdueSchedules,
  readOwners,
  readStuckMessages,
  walBytes,
} from '../store/checkup.ts'
import { type Connection, isSound } from '../store/database.ts'
import { readHeld } from '../store/held.ts'
import { knownPersonOrNone } from '../store/leavers.ts'
import { listPeople } from '../store/people.ts'
import type { Db } from '../store/tables.ts'
import { digestJobName } from './digest.ts'
import { examineSetUp } from './examine-set-up.ts'
import { knownDigests, unreadableDigests } from './known-digests.ts'
import { sharedDestinations } from './shared-destinations.ts'
import { whyCannotAct } from './who-cannot-act.ts'

/** Looks everywhere where something can be wrong. `settings` throws what is wrong with them. */
export async function examine(
  connection: Connection,
  { settings, environment }: { readonly settings: () => Settings; readonly environment: Environment },
  now: Instant,
): Promise<Checkup> {
  const { found, refusal } = tried(settings)
  const audit = auditFault(checkAudit(connection))
  const people = new Set((await listPeople(connection.db)).map(({ email }) => email))
  const owners = readOwners(connection)
  const unknown = owners.flatMap(({ owner }) =>
    owner === null || people.has(foldEmail(owner)) ? [] : [foldEmail(owner)],
  )
  return {
    ...(refusal !== undefined && { settings: refusal }),
    stuck: readStuckMessages(connection, now),
    waitingAccounts: countWaitingAccounts(connection, now),
    unreadableDigests: found === undefined ? [] : unreadableDigests(connection, found),
    sharedDestinations: found === undefined ? [] : await sharedDestinations(connection, found),
    overdue: readOverdueSchedules(connection, now).filter(({ schedule }) => isInUse(connection, found, schedule)),
    ...(audit !== undefined && { audit }),
    isDamaged: !isSound(connection),
    walBytes: walBytes(connection),
    unknownOwners: [...groupedBy(unknown, owner => owner)].map(([owner, { length }]) => ({ owner, accounts: length })),
    leavers: await leavers(connection.db, found),
    setUp: await examineSetUp(connection, found, environment),
    notes: found === undefined ? [] : routeNotes(found),
    unowned: owners.filter(({ owner }) => owner === null).map(({ account }) => account),
  }
}

/** Who can no longer act and holds something all the same, because no service has looked yet. */
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

/** A digest that is gone leaves its schedule behind, which is nothing to complain of. */
function isInUse(connection: Connection, settings: Settings | undefined, schedule: string): boolean {
  if (settings === undefined || !schedule.startsWith('digest:')) return true
  return knownDigests(connection, settings).some(({ digest }) => digestJobName(digest.name) === schedule)
}

function tried(settings: () => Settings): { found?: Settings; refusal?: string } {
  try {
    return { found: settings() }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}
