import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../accounts/account-list.ts'
import { noteNameChange } from '../accounts/name-changes.ts'
import { recordAudit } from '../audit/audit.ts'
import { forgetAuditName } from '../audit/audit-names.ts'
import { recountAccounts } from '../digests/digest-runs.ts'
import { dropPacks } from '../engine/packs/drop-packs.ts'
import { ownTables } from '../engine/schema/own-tables.ts'
import { inTransaction } from '../engine/transaction.ts'
import { forgetEventsNaming } from '../events/forget-events.ts'
import { noteMetricFirsts } from '../sources/metrics.ts'
import type { Db } from '../tables.ts'
import { redactCards } from './redact-cards.ts'

/**
 * Deleted last, since other tables refer to these. Every other table with an account's key in `account` is found
 * automatically.
 */
const LAST = ['tasks', 'playbook_runs', 'alerts'] as const

async function tablesOfAccounts(db: Db): Promise<readonly string[]> {
  const tables = await ownTables(db)
  const found = tables.filter(({ name, columns }) => {
    const isKey = columns.some(({ name, dataType }) => name === 'account' && /int/i.test(dataType))
    return isKey && name !== 'signals' && !LAST.some(last => last === name)
  })
  return [...found.map(({ name }) => name), ...LAST]
}

/** Deletes everything that is stored about an account, signals week by week; returns how many signals there were. */
export async function forgetAccount(
  db: Db,
  { key, id, name }: ListedAccount,
  { at, by }: { readonly at: Instant; readonly by: string },
): Promise<number> {
  const signals = await forgetSignals(db, key)
  await inTransaction(db, async db => {
    const alerts = db.selectFrom('alerts').select('id').where('account', '=', key)
    for (const table of ['alert_feedback', 'outbox_alerts'] as const) {
      await db.deleteFrom(table).where('alert', 'in', alerts).execute()
    }
    const tasks = db.selectFrom('tasks').select('id').where('account', '=', key)
    await db.deleteFrom('outbox_tasks').where('task', 'in', tasks).execute()
    for (const table of await tablesOfAccounts(db)) {
      await db
        .deleteFrom(table as 'alerts')
        .where('account', '=', key)
        .execute()
    }
    await noteMetricFirsts(db)
    await db.deleteFrom('reminders').where('subject', 'like', `%${id}%`).execute()
    await db.deleteFrom('accounts').where('key', '=', key).execute()
    await noteNameChange(db)
    await redactCards(db, [name, id], 'a forgotten account')
    await forgetEventsNaming(db, [id, name])
    await forgetInDigests(db, id)
    await recountAccounts(db)
    await recordAudit(db, { at, who: by, act: 'account.forget', subject: `account:${id}` })
    await forgetAuditName(db, 'account', id)
  })
  return signals
}

async function forgetSignals(db: Db, account: number): Promise<number> {
  const { first, last } = await db
    .selectFrom('signals')
    .select(({ fn }) => [fn.min('week').as('first'), fn.max('week').as('last')])
    .executeTakeFirstOrThrow()
  if (first === null || last === null) return 0
  let count = 0
  for (let week = Number(first); week <= Number(last); week += 1) {
    count += await inTransaction(db, async db => {
      await dropPacks(db, [{ week, account }])
      const rows = db.deleteFrom('signals').where('week', '=', week).where('account', '=', account)
      return Number((await rows.executeTakeFirst()).numDeletedRows)
    })
  }
  return count
}

/** Deletes what digests announced about it; the digests themselves are cards. */
async function forgetInDigests(db: Db, id: string): Promise<void> {
  for (const { id: run, announced } of await db.selectFrom('digest_runs').select(['id', 'announced']).execute()) {
    const without = JSON.stringify(JSON.parse(announced), (key, value: unknown) => {
      if (key === id) return undefined
      return Array.isArray(value) ? value.filter(item => item !== id) : value
    })
    if (without !== announced)
      await db.updateTable('digest_runs').set({ announced: without }).where('id', '=', run).execute()
  }
}
