import type { Reversal, Undo } from '../../domain/alerts/undo.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { type AlertUpdate, changeOneAlert } from './alert-changes.ts'

const ALERT = [
  ...(['state', 'claimed_by', 'claimed_at', 'wakes_at', 'wakes_on', 'wakes_below'] as const),
  ...(['resolved_at', 'resolved_by', 'resolution', 'pending_news'] as const),
]
const TASK = ['state', 'assignee', 'note', 'ended_at'] as const

type OpenState = Pick<Reversal, 'of' | 'id'> & { readonly row: Reversal['before'] }

/** The states of an account's alerts and tasks that have not ended, and of those among `ids` that have. */
export async function statesOf(db: Db, account: number, ids: readonly string[] = []): Promise<OpenState[]> {
  const alerts = await db
    .selectFrom('alerts')
    .select(['id', ...ALERT])
    .where('account', '=', account)
    .where(({ eb, or }) => or([eb('state', '!=', 'resolved'), eb('id', 'in', ['', ...ids])]))
    .execute()
  const tasks = await db
    .selectFrom('tasks')
    .select(['id', ...TASK])
    .where('account', '=', account)
    .where(({ eb, or }) => or([eb('state', 'in', ['open', 'acknowledged']), eb('id', 'in', ['', ...ids])]))
    .execute()
  return [
    ...alerts.map(({ id, ...row }): OpenState => ({ of: 'alert', id, row })),
    ...tasks.map(({ id, ...row }): OpenState => ({ of: 'task', id, row })),
  ]
}

/** What has changed since then, beginning with the subject of the act. */
export async function reversalsSince(
  db: Db,
  account: number,
  before: readonly OpenState[],
  { id: first }: Undo['subject'],
): Promise<Reversal[]> {
  const ids = before.map(({ id }) => id)
  const now = new Map((await statesOf(db, account, ids)).map(({ of, id, row }) => [`${of} ${id}`, row]))
  return before
    .flatMap(({ of, id, row }): Reversal[] => {
      const after = now.get(`${of} ${id}`)
      return after === undefined || JSON.stringify(after) === JSON.stringify(row)
        ? []
        : [{ of, id, before: row, after }]
    })
    .sort((a, b) => Number(b.id === first) - Number(a.id === first))
}

/** One conditional write: restores only what is still as the act left it. */
export async function putBack(db: Db, { of, id, before, after }: Reversal, at: Instant): Promise<boolean> {
  const back = (rows: AlertUpdate) => inState(rows.set(before).where('id', '=', id), after)
  if (of === 'alert') return changeOneAlert(db, at, back)
  return (await back(db.updateTable('tasks' as 'alerts')).executeTakeFirst()).numUpdatedRows === 1n
}

function inState(rows: AlertUpdate, after: Reversal['after']): AlertUpdate {
  let matching = rows
  for (const [column, value] of Object.entries(after)) {
    // Pending news is not part of an alert's state.
    if (column === 'pending_news') continue
    const name = column as 'state'
    matching = value === null ? matching.where(name, 'is', null) : matching.where(name, '=', value as string)
  }
  return matching
}

/** Whether another alert of that kind was opened for the account meanwhile: there can be one. */
export async function isTaken(db: Db, alert: string): Promise<boolean> {
  const row = await db
    .selectFrom('alerts as mine')
    .innerJoin('alerts as other', join =>
      join.onRef('other.account', '=', 'mine.account').onRef('other.kind', '=', 'mine.kind'),
    )
    .select('other.id')
    .where('mine.id', '=', alert)
    .whereRef('other.id', '!=', 'mine.id')
    .where('other.state', '!=', 'resolved')
    .executeTakeFirst()
  return row !== undefined
}
