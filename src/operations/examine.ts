import type { Checkup } from '../domain/checkup.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import { foldEmail } from '../domain/person.ts'
import { brokenAuditLine } from '../store/audit.ts'
import {
  countWaitingAccounts,
  readOverdueSchedules,
  readOwners,
  readStuckMessages,
  walBytes,
} from '../store/checkup.ts'
import { type Connection, isSound } from '../store/database.ts'
import { listPeople } from '../store/people.ts'

/** Looks everywhere where something can be wrong. `settings` throws what is wrong with them. */
export async function examine(connection: Connection, settings: () => unknown, now: Instant): Promise<Checkup> {
  const refusal = refusalOf(settings)
  const broken = await brokenAuditLine(connection.db)
  const people = new Set((await listPeople(connection.db)).map(({ email }) => email))
  const owners = readOwners(connection)
  const unknown = owners.flatMap(({ owner }) =>
    owner === null || people.has(foldEmail(owner)) ? [] : [foldEmail(owner)],
  )
  return {
    ...(refusal !== undefined && { settings: refusal }),
    stuck: readStuckMessages(connection, now),
    waitingAccounts: countWaitingAccounts(connection, now),
    overdue: readOverdueSchedules(connection, now),
    ...(broken !== undefined && { brokenAuditLine: broken }),
    isDamaged: !isSound(connection),
    walBytes: walBytes(connection),
    unknownOwners: [...groupedBy(unknown, owner => owner)].map(([owner, { length }]) => ({ owner, accounts: length })),
    unowned: owners.filter(({ owner }) => owner === null).map(({ account }) => account),
  }
}

function refusalOf(settings: () => unknown): string | undefined {
  try {
    settings()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
