import { createYielder } from '../../async/yielder.ts'
import type { ObservedAccount } from '../../domain/accounts/account.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { alertsRestingOn, holdBack } from '../../domain/alerts/hold-back.ts'
import { topDriver, topHelper } from '../../domain/scoring/driver.ts'
import { type Evaluation, evaluate, type ScoringMode } from '../../domain/scoring/evaluate.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { heldAlerts } from '../../store/alerts/held-alerts.ts'
import { clearDue, type DueAccount } from '../../store/scoring/due-accounts.ts'
import type { ObservedBatch } from '../../store/scoring/observations.ts'
import { readPastScores } from '../../store/scoring/past-scores.ts'
import { type SettledDay, settledSince } from '../../store/scoring/scores.ts'
import type { Found, RunFacts } from '../../store/scoring/shared-runs.ts'
import { readCurrentStatus, type StoredStatus } from '../../store/scoring/statuses/current-status.ts'
import type { Db } from '../../store/tables.ts'
import { alertReason } from '../../views/scoring/reason.ts'
import { type Scored, saveScoring } from './save-scoring.ts'
import { shownAccount } from './scored-account.ts'
import type { ScoringRun } from './scoring-run.ts'

/** A run with what is the same for every account: its day, its model's key, and when a missed slot is made up for, whether a slot settled that day. */
export type ScoringPass = ScoringRun & {
  readonly day: Day
  readonly key: number
  readonly isSlotSettled: boolean
  /** The earliest instant of which anything is asked. */
  readonly earliest: Instant
  /** The metrics that stopped coming in for all accounts. */
  readonly silent: ReadonlySet<string>
}

export type TransitionOfAccount = {
  readonly account: string
  readonly at: Instant
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown: number | undefined
  readonly driver: string | undefined
}

export function passOf(run: ScoringRun, { model: key, silent, ...facts }: RunFacts): ScoringPass {
  const { earliest } = reachOf([run.model], run.at)
  return { ...run, ...facts, key, earliest, silent: new Set(silent) }
}

export type ScoringResult = Found<TransitionOfAccount>

/** The outcome of a batch, before it is stored. */
export type EvaluatedBatch = { readonly kept: readonly Scored[]; readonly settled: ReadonlyMap<number, SettledDay> }

/** Scores those accounts of a batch that the run wants; writes nothing. */
export async function evaluateBatch(
  db: Db,
  run: ScoringPass,
  { entries: all, observed }: ObservedBatch<ListedAccount>,
): Promise<EvaluatedBatch> {
  const keys = all.map(({ key }) => key)
  const settled = await settledSince(db, keys, run.day)
  const statuses = await readCurrentStatus(db, keys)
  const entries = all.filter(({ key }) => isWanted(run, settled.get(key), statuses.get(key)))
  if (entries.length === 0) return { kept: [], settled }
  const past = await readPastScores(db, keys, run.day, run.key, run.model.settling.dwell)
  // Without older ones, which would be read every night for years.
  const alerts = await alertsByAccount(db, keys, run.earliest)
  const waiting = await heldAlerts(db, keys)

  const evaluated = (entry: ListedAccount): Scored => {
    const { key, id } = entry
    const status = statuses.get(key)
    const mode = modeOf(run, settled.get(key), status)
    const announced = mode === 'past' ? past.announced(key) : status?.model === run.key ? status.announced : undefined
    const earlier = past.earlier(key)
    const known = { announced, earlier, alerts: alerts.get(key) ?? [] }
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
  // Yields, so that the claim on these accounts can be renewed.
  const yieldIfDue = createYielder()
  const kept: Scored[] = []
  for (const entry of entries) {
    await yieldIfDue()
    const scored = evaluated(entry)
    if (isKept(run, scored)) kept.push(scored)
  }
  return { kept, settled }
}

/** Stores a batch with all that follows from it, and clears the due marks that it covers; part of one transaction. */
export async function saveEvaluated(
  db: Db,
  run: ScoringPass,
  { kept, settled }: EvaluatedBatch,
  newsOf: ReadonlyMap<number, number>,
): Promise<void> {
  await saveScoring(db, run, kept, { model: run.key, settled })
  await clearDue(db, marksOf(kept, newsOf))
}

/** How much news each account had when its scoring began. */
export function newsIn(due: readonly DueAccount[]): Map<number, number> {
  return new Map(due.map(({ account, news }) => [account, news]))
}

/** The due marks of accounts that were scored as of now. */
function marksOf(scored: readonly Scored[], newsOf: ReadonlyMap<number, number>): DueAccount[] {
  return scored.flatMap(({ account, mode }) => {
    const news = mode === 'past' ? undefined : newsOf.get(account)
    return news === undefined ? [] : [{ account, news }]
  })
}

/** The alerts that a scoring opens, each with its reason; those that rest on a silent source wait for it. */
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
  return { opened, ...(held.length + found.held.length > 0 && { held: found.held }) }
}

/** A missed slot is made up for only where nothing settled it: for accounts that were scored before, or for all if it never ran. */
function isWanted(run: ScoringPass, settled: SettledDay | undefined, status: StoredStatus | undefined): boolean {
  if (run.accounts !== 'unsettled') return true
  if (settled !== undefined && settled.at >= run.at && settled.origin === 'scheduled') return false
  return status === undefined ? !run.isSlotSettled : status.model === run.key
}

/** When a slot is made up for, an account about which nothing was known yet starts with its first score. */
function isKept(run: ScoringPass, { isFirst, score }: Scored): boolean {
  return run.accounts !== 'unsettled' || !isFirst || score !== undefined
}

/** After a newer scoring, or for one on request, the score is kept and nothing settles. */
function modeOf(
  { purpose, at }: ScoringPass,
  settled: SettledDay | undefined,
  status: StoredStatus | undefined,
): ScoringMode {
  if (purpose === 'now') return status !== undefined && status.at > at ? 'past' : 'between'
  if (settled !== undefined && settled.at > at) return 'past'
  return settled?.origin === 'scheduled' && settled.at === at ? 'between' : 'scheduled'
}

export function transitionsOf({ id, mode, at, score, transitions }: Scored): TransitionOfAccount[] {
  if (mode === 'past') return []
  return transitions.map(({ kind, from, to, driver }) => ({
    ...{ account: id, at, from, to, kind },
    shown: score?.shown,
    driver,
  }))
}
