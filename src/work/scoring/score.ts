import type { ObservedAccount } from '../../domain/accounts/account.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { alertsRestingOn, holdBack } from '../../domain/alerts/hold-back.ts'
import { topDriver, topHelper } from '../../domain/scoring/driver.ts'
import { type Evaluation, evaluate, type ScoringMode } from '../../domain/scoring/evaluate.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import { type ListedAccount, listCustomers, listCustomersAmong } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { heldAlerts } from '../../store/alerts/held-alerts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { readCurrentStatus, type StoredStatus } from '../../store/scoring/current-status.ts'
import { clearDue, type DueAccount, readDueAccounts } from '../../store/scoring/due-accounts.ts'
import { modelKey } from '../../store/scoring/models.ts'
import { type ObservedBatch, observeAccounts } from '../../store/scoring/observations.ts'
import { readPastScores } from '../../store/scoring/past-scores.ts'
import { isAnySettledSince, type SettledDay, settledSince } from '../../store/scoring/scores.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'
import { alertReason } from '../../views/parts/reason.ts'
import { scoringDay } from '../schedule/slots.ts'
import { silentMetrics } from '../sources/silent-metrics.ts'
import { type Scored, saveScoring } from './save-scoring.ts'
import { shownAccount } from './scored-account.ts'
import type { ScoringRun } from './scoring-run.ts'

/** Judging and writing take turns: another writer, the service above all, waits for one such write at most. */
const WRITTEN_TOGETHER = 1_024

/** The job's name: the person who scores holds it. */
export const SCORING = 'scoring'

export type ScoringResult = { readonly scored: number; readonly transitions: readonly TransitionOfAccount[] }

export type TransitionOfAccount = {
  readonly account: string
  readonly at: Instant
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown: number | undefined
  readonly driver: string | undefined
}

/** Scores accounts as of an instant, batch by batch: load, decide, store, each batch in transactions of its own. */
export async function scoreAccounts(connection: Connection, run: ScoringRun): Promise<ScoringResult> {
  const { db } = connection
  const due = await readDueAccounts(db)
  const customers = await customersOf(db, run, due)
  const day = scoringDay(run.routes?.scoring, run.at)
  const pass: ScoringPass = {
    ...run,
    day,
    key: await modelKey(db, run.model, run.at),
    isSlotSettled: run.accounts === 'unsettled' && (await isAnySettledSince(db, day, run.at)),
    silent: await silentMetrics(db, run.at),
    newsOf: new Map(due.map(({ account, news }) => [account, news])),
  }
  const reach = reachOf([run.model], run.at)
  if (run.accounts === 'all') await connection.engine.signals.packWeeks(db, reach)
  let scored = 0
  const transitions: TransitionOfAccount[] = []
  for await (const batch of observeAccounts(connection, customers, reach)) {
    const done = await scoreBatch(connection, pass, batch)
    scored += done.length
    transitions.push(...done.flat())
  }
  return { scored, transitions }
}

/** The customers to score, in the order of their keys. */
async function customersOf(db: Db, run: ScoringRun, due: readonly DueAccount[]): Promise<ListedAccount[]> {
  if (run.accounts !== 'due') return listCustomers(db)
  const customers = await listCustomersAmong(
    db,
    due.map(({ account }) => account),
  )
  // News of a retired account wait for nobody: if it returns, it is due anyway.
  const isCustomer = new Set(customers.map(({ key }) => key))
  await clearDue(
    db,
    due.filter(({ account }) => !isCustomer.has(account)),
  )
  return customers
}

/** A run with what is the same for every account: its day, its model's key, and for slots that are made up for whether one settled that day. */
type ScoringPass = ScoringRun & {
  readonly day: Day
  readonly key: number
  readonly isSlotSettled: boolean
  /** The metrics that stopped coming in for everybody. */
  readonly silent: ReadonlySet<string>
  /** How much news of each account was known when the run began. */
  readonly newsOf: ReadonlyMap<number, number>
}

/** Gives the transitions of each account. */
async function scoreBatch(
  connection: Connection,
  run: ScoringPass,
  { entries: all, observed }: ObservedBatch<ListedAccount>,
): Promise<TransitionOfAccount[][]> {
  const { db } = connection
  const keys = all.map(({ key }) => key)
  const settled = await settledSince(db, keys, run.day)
  const statuses = await readCurrentStatus(db, keys)
  const entries = all.filter(({ key }) => isWanted(run, settled.get(key), statuses.get(key)))
  if (entries.length === 0) return []
  const past = await readPastScores(db, keys, run.day, run.key, run.model.settling.dwell)
  const alerts = await alertsByAccount(db, keys)
  const waiting = await heldAlerts(db, keys)

  const evaluated = (entry: ListedAccount): Scored => {
    const { key, id } = entry
    const status = statuses.get(key)
    const mode = modeOf(run, settled.get(key), status)
    const announced = mode === 'past' ? past.announced(key) : status?.model === run.key ? status.announced : undefined
    const earlier = past.earlier(key)
    const known = { ...(announced && { announced }), earlier, alerts: alerts.get(key) ?? [] }
    const account = observed(entry)
    const evaluation = evaluate(run.model, account, known, run.at, mode)
    return {
      ...shownAccount(run.model, key, run.day, evaluation),
      id,
      mode,
      isFirst: announced === undefined,
      shownBefore: earlier[0]?.shown,
      driver: topDriver(evaluation.health),
      transitions: evaluation.transitions,
      resolved: evaluation.alerts.resolve,
      ...openedBy(run, account, evaluation, mode, waiting.get(key) ?? []),
    }
  }
  const done: TransitionOfAccount[][] = []
  for (const part of slices(entries, WRITTEN_TOGETHER)) {
    const kept = part.map(evaluated).filter(entry => isKept(run, entry))
    await inTransaction(db, async db => {
      await saveScoring(db, run, kept, { model: run.key, settled })
      await clearDue(db, marksOf(kept, run.newsOf))
    })
    done.push(...kept.map(transitionsOf))
  }
  return done
}

/** The marks of the accounts that were scored as of now. */
function marksOf(scored: readonly Scored[], newsOf: ReadonlyMap<number, number>): DueAccount[] {
  return scored.flatMap(({ account, mode }) => {
    const news = mode === 'past' ? undefined : newsOf.get(account)
    return news === undefined ? [] : [{ account, news }]
  })
}

/** The alerts that a scoring opens, each with why; what rests on a silent source waits for it. */
function openedBy(
  { model, silent, at }: ScoringPass,
  account: ObservedAccount,
  { alerts, status, health }: Evaluation,
  mode: ScoringMode,
  held: readonly AlertKind[],
): Pick<Scored, 'opened' | 'held'> {
  if (alerts.open.length + held.length === 0) return { opened: [] }
  const found = holdBack({
    opens: alerts.open,
    holds: mode === 'scheduled' ? status.rules : undefined,
    held,
    resting: alertsRestingOn(silent, model, account, held, at),
  })
  const opened = found.open.map(kind => {
    const driver = kind === 'expansion_ready' ? topHelper(health) : topDriver(health)
    return { kind, reason: alertReason(model, account, health, kind), ...(driver !== undefined && { driver }) }
  })
  return { opened, held: found.held }
}

/** A missed slot is made up for where nothing settled it: for who was scored before it, or else if it never came at all. */
function isWanted(run: ScoringPass, settled: SettledDay | undefined, status: StoredStatus | undefined): boolean {
  if (run.accounts !== 'unsettled') return true
  if (settled !== undefined && settled.at >= run.at && settled.origin === 'scheduled') return false
  return status === undefined ? !run.isSlotSettled : status.model === run.key
}

/** An account of which nothing was known at a slot that is made up for begins with its first score. */
function isKept(run: ScoringPass, { isFirst, score }: Scored): boolean {
  return run.accounts !== 'unsettled' || !isFirst || score !== undefined
}

/** Where something newer was settled, or asked for, the number is kept and nothing settles. */
function modeOf(
  { purpose, at }: ScoringPass,
  settled: SettledDay | undefined,
  status: StoredStatus | undefined,
): ScoringMode {
  if (purpose === 'now') return status !== undefined && status.at > at ? 'past' : 'between'
  if (settled !== undefined && settled.at > at) return 'past'
  return settled?.origin === 'scheduled' && settled.at === at ? 'between' : 'scheduled'
}

function transitionsOf({ id, mode, at, score, transitions }: Scored): TransitionOfAccount[] {
  if (mode === 'past') return []
  return transitions.map(({ kind, from, to, driver }) => ({
    ...{ account: id, at, from, to, kind },
    shown: score?.shown,
    driver,
  }))
}
