import type { Selectable } from 'kysely'
import type { Baseline, Status } from '../../domain/digests/digest-account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isAmong } from '../engine/account-keys.ts'
import { rowWriter } from '../row-writer.ts'
import type { Db, Tables } from '../tables.ts'

type NewStatus = Pick<Tables['current_status'], 'account' | 'at' | 'verdict' | 'role' | 'expansion_ready' | 'model'>

/**
 * Keeps where accounts stood whose next status comes from another model, or is their first: what is shown of them
 * begins again in silence, and a digest must know what had changed until then.
 */
export async function recordBaselines(db: Db, next: readonly NewStatus[], isFinal: boolean): Promise<void> {
  const rows = await db
    .selectFrom('current_status')
    .select(['account', 'at', 'verdict', 'role', 'expansion_ready', 'model'])
    .where(
      isAmong(
        'account',
        next.map(({ account }) => account),
      ),
    )
    .execute()
  const present = new Map(rows.map(row => [row.account, row]))
  const baselines = next.flatMap(({ account, at, verdict, role, expansion_ready, model }) => {
    const before = present.get(account)
    const isSame = before?.model === model
    const isOlder = before !== undefined && !isFinal && at < before.at
    if (isSame || isOlder) return []
    const from = {
      from_model: before?.model ?? null,
      from_verdict: before?.verdict ?? null,
      from_role: before?.role ?? null,
      from_ready: before?.expansion_ready ?? null,
    }
    return [{ account, at, ...from, model, verdict, role, ready: expansion_ready }]
  })
  await writeBaselines(db, baselines)
}

const writeBaselines = rowWriter((db, rows: readonly Omit<Selectable<Tables['verdict_baselines']>, 'id'>[]) =>
  db.insertInto('verdict_baselines').values(rows),
)

/** The newest baseline of an instant or before. */
export async function newestBaseline(db: Db, at: Instant): Promise<number> {
  const row = await db
    .selectFrom('verdict_baselines')
    .select(({ fn }) => fn.max('id').as('id'))
    .where('at', '<=', at)
    .executeTakeFirst()
  return row?.id ?? 0
}

/** The baselines after one that is known, up to an instant, by the account's key, oldest first. */
export async function readBaselines(db: Db, after: number, until: Instant): Promise<Map<number, Baseline[]>> {
  const rows = await db
    .selectFrom('verdict_baselines')
    .selectAll()
    .where('id', '>', after)
    .where('at', '<=', until)
    .orderBy('id')
    .execute()
  const ofAccounts = groupedBy(rows, ({ account }) => account)
  return new Map([...ofAccounts].map(([account, of]) => [account, of.map(baselineOf)]))
}

function baselineOf(row: Selectable<Tables['verdict_baselines']>): Baseline {
  const { id, model, from_model, from_verdict } = row
  const isFirst = from_model === null || from_verdict === null
  return {
    id,
    model,
    after: statusOf(row.verdict, row.role, row.ready),
    ...(!isFirst && { before: { ...statusOf(from_verdict, row.from_role, row.from_ready), model: from_model } }),
  }
}

function statusOf(verdict: string, role: string | null, ready: number | null): Status {
  return { verdict, expansionReady: ready === 1, ...(role !== null && { role: role as Role }) }
}
