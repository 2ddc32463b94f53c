import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { alertsRestingOn, holdBack } from '../../domain/alerts/hold-back.ts'
import { evaluate, type ScoringMode } from '../../domain/scoring/evaluate.ts'
import { scoringWindows } from '../../domain/scoring/health.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import { listCustomers } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { heldAlerts } from '../../store/alerts/held-alerts.ts'
import type { Connection, KeyRange } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { readCurrentStatus, type StoredStatus } from '../../store/scoring/current-status.ts'
import { clearDue, readDueAccounts } from '../../store/scoring/due-accounts.ts'
import { modelKey } from '../../store/scoring/models.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'
import { readPastScores } from '../../store/scoring/past-scores.ts'
import { isAnySettledSince, type SettledDay, settledSince } from '../../store/scoring/scores.ts'
import { slices } from '../../store/slices.ts'
import { alertReason } from '../../views/parts/reason.ts'
import { scoringDay } from '../schedule/slots.ts'
import { silentMetrics } from '../sources/silent-metrics.ts'
import { type Scored, saveScoring } from './save-scoring.ts'
import type { ScoringRun } from './scoring-run.ts'

/** Accounts whose windows are filled in one pass. */
const BATCH = 1_000

/** Judging and writing take turns: another writer, the service above all, waits for one such write at most. */
const WRITTEN_TOGETHER = 200

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

/** Scores accounts as of an instant, batch by batch: load, decide, store, each batch in a transaction of its own. */
export async function scoreAccounts(connection: Connection, run: ScoringRun): Promise<ScoringResult> {
  const { db } = connection
  const due = await readDueAccounts(db)
  const wanted = run.accounts === 'due' ? new Set(due.map(({ account }) => account)) : undefined
  const customers = await listCustomers(db)
  const accounts = customers.filter(({ key }) => wanted?.has(key) ?? true)
  const isCustomer = new Set(customers.map(({ key }) => key))
  // News of a retired account wait for nobody: if it returns, it is due anyway.
  await clearDue(
    db,
    due.filter(({ account }) => !isCustomer.has(account)),
  )
  const day = scoringDay(run.routes?.scoring, run.at)
  const pass: ScoringPass = {
    ...run,
    day,
    key: await modelKey(db, run.model, run.at),
    isSlotSettled: await isAnySettledSince(db, day, run.at),
    silent: await silentMetrics(db, run.at),
  }
  let scored = 0
  const transitions: TransitionOfAccount[] = []
  for (const batch of slices(accounts, BATCH)) {
    const done = await scoreBatch(connection, pass, batch)
    scored += done.length
    transitions.push(...done.flatMap(entry => transitionsOf(entry)))
    const current = new Set(done.filter(({ mode }) => mode !== 'past').map(({ account }) => account))
    await clearDue(
      db,
      due.filter(({ account }) => current.has(account)),
    )
  }
  return { scored, transitions }
}

/** A run with what is the same for every account: its day, its model's key, and whether a slot settled that day. */
type ScoringPass = ScoringRun & {
  readonly day: Day
  readonly key: number
  readonly isSlotSettled: boolean
  /** The metrics that stopped coming in for everybody. */
  readonly silent: ReadonlySet<string>
}

type Entry = { readonly key: number; readonly id: string }

async function scoreBatch(connection: Connection, run: ScoringPass, batch: readonly Entry[]): Promise<Scored[]> {
  const { db } = connection
  const [first, last] = [batch[0]?.key ?? 0, batch.at(-1)?.key ?? -1]
  const range: KeyRange = { first, last }
  const settled = await settledSince(db, range, run.day)
  const statuses = await readCurrentStatus(db, range)
  const entries = batch.filter(({ key }) => isWanted(run, settled.get(key), statuses.get(key)))
  if (entries.length === 0) return []
  const observe = await observeAccounts(connection, range, scoringWindows(run.model, run.at), run.at)
  const past = await readPastScores(db, range, run.day, run.key, run.model.settling.dwell)
  const alerts = await alertsByAccount(db, range)
  const waiting = await heldAlerts(db, range)

  const evaluated = async ({ key, id }: Entry): Promise<Scored> => {
    const status = statuses.get(key)
    const mode = modeOf(run, settled.get(key), status)
    const announced = mode === 'past' ? past.announced(key) : status?.model === run.key ? status.announced : undefined
    const known = { ...(announced && { announced }), earlier: past.earlier(key), alerts: alerts.get(key) ?? [] }
    const found = await observe(key, observed => {
      const evaluation = evaluate(run.model, observed, known, run.at, mode)
      const reasonOf = (kind: AlertKind) => alertReason(run.model, observed, evaluation.health, kind)
      const opens = evaluation.alerts.open
      const held = waiting.get(key) ?? []
      if (opens.length + held.length === 0) return { evaluation, opened: [] }
      const found = holdBack({
        opens,
        holds: mode === 'scheduled' ? evaluation.status.rules : undefined,
        held,
        resting: alertsRestingOn(run.silent, run.model, observed, held, run.at),
      })
      return { evaluation, opened: found.open.map(kind => ({ kind, reason: reasonOf(kind) })), held: found.held }
    })
    return { account: key, id, day: run.day, ...found, mode, isFirst: announced === undefined }
  }
  const scored: Scored[] = []
  for (const part of slices(entries, WRITTEN_TOGETHER)) {
    const more: Scored[] = []
    for (const entry of part) more.push(await evaluated(entry))
    const kept = more.filter(entry => isKept(run, entry))
    await inTransaction(db, db => saveScoring(db, run, kept, { model: run.key, settled, earlier: past.earlier }))
    scored.push(...kept)
  }
  return scored
}

/** A missed slot is made up for where nothing settled it: for who was scored before it, or else if it never came at all. */
function isWanted(run: ScoringPass, settled: SettledDay | undefined, status: StoredStatus | undefined): boolean {
  if (run.accounts !== 'unsettled') return true
  if (settled !== undefined && settled.at >= run.at && settled.origin === 'scheduled') return false
  return status === undefined ? !run.isSlotSettled : status.model === run.key
}

/** An account of which nothing was known at a slot that is made up for begins with its first score. */
function isKept(run: ScoringPass, { isFirst, evaluation }: Scored): boolean {
  return run.accounts !== 'unsettled' || !isFirst || evaluation.health.now.score !== undefined
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

function transitionsOf({ id, mode, evaluation: { health, transitions } }: Scored): TransitionOfAccount[] {
  if (mode === 'past') return []
  return transitions.map(({ kind, from, to, driver }) => ({
    account: id,
    at: health.now.at,
    from,
    to,
    kind,
    shown: health.now.score?.shown,
    driver,
  }))
}
