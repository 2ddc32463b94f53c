import { createHash } from 'node:crypto'
import { DAY } from '../../src/domain/time/instant.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { copiedTables } from '../../src/store/copy/table-keys.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import type { Db } from '../../src/store/tables.ts'

/** Signals of 60 days for many accounts, of which every eighth has fallen for the last ten. */
export async function fillPortfolio(connection: Connection, accounts: number, noon: number): Promise<void> {
  const keys = Array.from({ length: accounts }, (_, at) => at + 1)
  const attributes = (key: number) =>
    new Map([['segment', 'mid'], ...(key % 20 === 0 ? [['renewal_on', '2026-11-20'] as const] : [])])
  const rows = keys.map(key => ({ id: `a${key}`, name: `Account ${key}`, attributes: attributes(key) }))
  await saveAccounts(connection.db, rows, noon - 90 * DAY)
  for (let day = 0; day < 60; day += 3) {
    const observedAt = noon - day * DAY
    const signals = keys.flatMap(account => {
      const falls = account % 8 === 0 && day < 10
      const level = falls ? 0 : 30 + (account % 50) + (day % 5)
      const of = (metric: string, value: number) =>
        ({ account, metric, value, observedAt, receivedAt: observedAt, id: '', source: 'test' }) as const
      return [
        ...[of('seats', 50), of('logins', level), of('active_users', level / 3), of('key_feature_uses', level)],
        ...[of('escalations', falls ? 3 : 0), of('nps', falls ? 0 : 9)],
      ]
    })
    await addSignals(connection, signals)
  }
}

/** Read by its own function: marks and hashes depend on the order of its lines. */
const AUDIT = ['audit', 'audit_names', 'meta']

/**
 * What all tables hold, by a hash each, whatever the order in which it was written: without the numbers that rows are
 * given in that order. Ids that begin with `id-` are anything, since two scorings name differently what they make.
 */
export async function contentsOf(db: Db): Promise<Record<string, string>> {
  const contents: Record<string, string> = { audit: hashed(await readAudit(db, {})) }
  for (const { name } of await copiedTables(db)) {
    if (AUDIT.includes(name)) continue
    const rows = await db
      .selectFrom(name as 'accounts')
      .selectAll()
      .execute()
    contents[name] = hashed(rows.map(row => ({ ...row, ...(typeof row.id === 'number' && { id: 0 }) })))
  }
  return contents
}

/** What was scored, without what a service has done about it since. */
export async function scoringsOf({ db }: Connection): Promise<Record<string, string>> {
  return {
    scores: hashed(await db.selectFrom('scores').selectAll().execute()),
    statuses: hashed(await db.selectFrom('current_status').selectAll().execute()),
    transitions: hashed(await db.selectFrom('transitions').selectAll().execute()),
    alerts: hashed(await db.selectFrom('alerts').select(['account', 'kind', 'opened_at', 'reason']).execute()),
    plays: hashed(await db.selectFrom('playbook_runs').select(['account', 'playbook', 'started_at']).execute()),
    tasks: hashed(await db.selectFrom('tasks').select(['account', 'title', 'due_at']).execute()),
  }
}

function hashed(rows: readonly object[]): string {
  const inOrder = (row: object) => Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1))
  const texts = rows.map(row => JSON.stringify(inOrder(row)).replaceAll(/id-[\w-]+/g, 'id-')).sort()
  return `${rows.length} rows, ${createHash('sha256').update(texts.join('\n')).digest('hex')}`
}
