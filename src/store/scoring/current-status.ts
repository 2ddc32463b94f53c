import { type CurrentStatus, roleOf } from '../../domain/alerts/alert.ts'
import type { Evaluation } from '../../domain/scoring/evaluate.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { markDue } from './due-accounts.ts'
import { currentStatusOf } from './past-scores.ts'
import type { ScoredAccount } from './scores.ts'
import { recordBaselines } from './verdict-baselines.ts'

/** Makes these the numbers and verdicts that people see; unless `isFinal`, only where no newer ones stand. */
export async function saveCurrentStatus(
  db: Db,
  scored: readonly ScoredAccount[],
  model: number,
  reasonOf: (evaluation: Evaluation) => string,
  isFinal = false,
): Promise<void> {
  const rows = scored.map(({ account, evaluation }) => {
    const { health, status } = evaluation
    return {
      account,
      at: health.now.at,
      score: health.now.score?.value ?? null,
      shown: health.now.score?.shown ?? null,
      verdict: status.verdict,
      role: roleOf(health.now.bands, status.verdict) ?? null,
      has_sharp_drop: status.hasSharpDrop ? 1 : 0,
      expansion_ready: status.expansionReady ? 1 : 0,
      coverage: health.now.coverage,
      change_30d: health.trend[0]?.points ?? null,
      reason: reasonOf(evaluation),
      model,
      rules_held: status.rules?.join(',') ?? null,
    }
  })
  for (const part of slices(rows)) {
    await recordBaselines(db, part, isFinal)
    await db
      .insertInto('current_status')
      .values(part)
      .onConflict(conflict =>
        conflict
          .column('account')
          .doUpdateSet(({ ref }) => ({
            at: ref('excluded.at'),
            score: ref('excluded.score'),
            shown: ref('excluded.shown'),
            verdict: ref('excluded.verdict'),
            role: ref('excluded.role'),
            has_sharp_drop: ref('excluded.has_sharp_drop'),
            expansion_ready: ref('excluded.expansion_ready'),
            coverage: ref('excluded.coverage'),
            change_30d: ref('excluded.change_30d'),
            reason: ref('excluded.reason'),
            model: ref('excluded.model'),
            rules_held: ref('excluded.rules_held'),
          }))
          .where(({ eb, ref, lit }) =>
            isFinal ? eb(lit(1), '=', 1) : eb(ref('excluded.at'), '>=', ref('current_status.at')),
          ),
      )
      .execute()
  }
}

export type StoredStatus = { readonly at: Instant; readonly model: number; readonly announced: CurrentStatus }

/** What people were shown last of each of these accounts, under whatever model. */
export async function readCurrentStatus(db: Db, accounts: AccountKeys): Promise<Map<number, StoredStatus>> {
  const rows = await db.selectFrom('current_status').selectAll().where(isAmong('account', accounts)).execute()
  return new Map(rows.map(row => [row.account, { at: row.at, model: row.model, announced: currentStatusOf(row) }]))
}

/** When the newest score of any account was made. */
export async function newestScoringOrNone(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('current_status')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** The version of the model that scored last before an instant. */
export async function modelOfCurrentStatus(db: Db, at: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('current_status')
    .innerJoin('models', 'models.key', 'current_status.model')
    .select('models.version')
    .where('current_status.at', '<=', at)
    .orderBy('current_status.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version
}

/** Has those accounts scored once more whose status is newer than `at`. */
export async function markDueIfScoredAfter(db: Db, scored: readonly ScoredAccount[], at: Instant): Promise<void> {
  for (const part of slices(scored.map(({ account }) => account))) {
    const newer = await db
      .selectFrom('current_status')
      .select('account')
      .where('account', 'in', part)
      .where('at', '>', at)
      .execute()
    for (const { account } of newer) await markDue(db, account)
  }
}
