import { sql } from 'kysely'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { changeAlerts } from '../alerts/alert-changes.ts'
import { recordAudit } from '../audit/audit.ts'
import { auditMark, forgetAuditName } from '../audit/audit-names.ts'
import { deleteMessages } from '../delivery/delete-messages.ts'
import { recountAccounts } from '../digests/digest-runs.ts'
import { inTransaction } from '../engine/transaction.ts'
import { forgetEventsNaming } from '../events/forget-events.ts'
import { userIdsOf } from '../people/platform-users.ts'
import type { Db } from '../tables.ts'
import { forgetUser } from '../users/tracked-users.ts'
import { userHasherOrNone } from '../users/user-hashes.ts'
import { redactCards } from './redact-cards.ts'
import { replaceEverywhere } from './replace-everywhere.ts'

/** What was stored about a person, and what became of it. */
export type ForgottenPerson = {
  readonly comments: number
  readonly pulses: number
  readonly accounts: number
  readonly alerts: number
  readonly tasks: number
}

/**
 * Deletes what is stored about a person, on our side or a customer's, in one transaction: their entry, comments, notes
 * of pulses, choices and addresses. What they rated and decided stays, without their name; what they held is open
 * again. Undefined if nothing names them.
 */
export async function forgetPerson(
  db: Db,
  email: string,
  { at, by }: { readonly at: Instant; readonly by: string },
): Promise<ForgottenPerson | undefined> {
  const person = foldEmail(email)
  return inTransaction(db, async db => {
    const entry = await db.selectFrom('people').selectAll().where('email', '=', person).executeTakeFirst()
    const counts = await clearContributions(db, person, at)
    if (counts.accounts > 0) await recountAccounts(db)
    const hash = await userHasherOrNone(db)
    const tracked = hash === undefined ? 0 : await forgetUser(db, hash(person))
    const ids = Object.values(await userIdsOf(db, person))
    await deleteChoicesAndAddresses(db, person, ids)
    await forgetEventsNaming(db, [person])
    await db.deleteFrom('people').where('email', '=', person).execute()
    await deleteMessages(db, await messagesTo(db, person, ids))
    const mark = await auditMark(db, 'person', person)
    const nameless = mark.replace(/[⟦⟧]/gu, '').replace(' ', '-')
    const name = entry?.name ?? undefined
    const cards = await redactCards(db, [person, ...(name === undefined ? [] : [name])], nameless)
    const places = cards + (await replaceEverywhere(db, [person, ...ids], nameless))
    const isKnown = entry !== undefined || places > 0 || tracked > 0 || Object.values(counts).some(count => count > 0)
    if (isKnown) await recordAudit(db, { at, who: by, act: 'person.forget', subject: `person:${person}` })
    const wasNamed = await forgetAuditName(db, 'person', person)
    return isKnown && wasNamed ? counts : undefined
  })
}

/** Deletes their comments and the notes of their pulses, and opens again what they owned or held. */
async function clearContributions(db: Db, person: string, at: Instant): Promise<ForgottenPerson> {
  return {
    comments: await deleted(db.deleteFrom('comments').where(sql`lower(author)`, '=', person)),
    pulses: await changed(db.updateTable('pulses').set({ note: '' }).where('person', '=', person)),
    accounts: await changed(
      db
        .updateTable('account_attributes')
        .set({ value: null })
        .where('attribute', '=', 'owner')
        .where(sql`lower(trim(value))`, '=', person),
    ),
    alerts: await changeAlerts(db, at, alerts =>
      alerts
        .set({ state: 'open', claimed_by: null, claimed_at: null })
        .where('claimed_by', '=', person)
        .where('state', '!=', 'resolved'),
    ),
    tasks: await changed(
      db
        .updateTable('tasks')
        .set({ state: 'open', assignee: null })
        .where('assignee', '=', person)
        .where('state', 'in', ['open', 'acknowledged']),
    ),
  }
}

/** Deletes their choices, and where they are reached: `ids` are their user ids. */
async function deleteChoicesAndAddresses(db: Db, person: string, ids: readonly string[]): Promise<void> {
  for (const table of ['preferences', 'reminders', 'pulses_put_off'] as const) {
    await db
      .deleteFrom(table)
      .where('person', 'in', [person, ...ids])
      .execute()
  }
  if (ids.length > 0) {
    await db.deleteFrom('addresses').where('id', 'in', ids).execute()
    await db.deleteFrom('home_views').where('user_id', 'in', ids).execute()
  }
  await db.deleteFrom('platform_users').where('email', '=', person).execute()
  for (const table of ['connect_codes', 'oauth_grants', 'connections'] as const) {
    await db.deleteFrom(table).where('person', '=', person).execute()
  }
}

/** A late answer is addressed to the user id that they asked with. */
async function messagesTo(db: Db, person: string, userIds: readonly string[]): Promise<number[]> {
  const rows = db.selectFrom('outbox').select('id')
  const theirs = rows.where(({ eb, or }) =>
    or([eb('to_person', '=', person), ...userIds.map(id => eb('to_channel', '=', id))]),
  )
  return (await theirs.execute()).map(({ id }) => id)
}

type Write = {
  executeTakeFirst(): Promise<{ readonly numUpdatedRows?: bigint; readonly numDeletedRows?: bigint }>
}

async function changed(write: Write): Promise<number> {
  return Number((await write.executeTakeFirst()).numUpdatedRows ?? 0n)
}

async function deleted(write: Write): Promise<number> {
  return Number((await write.executeTakeFirst()).numDeletedRows ?? 0n)
}
