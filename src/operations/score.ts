import type { ObservedAccount } from '../domain/account.ts'
import { topDriver, topHelper } from '../domain/driver.ts'
import { scoringWindows } from '../domain/health.ts'
import { dayOf, type Instant } from '../domain/instant.ts'
import { type Judgement, judge, type Occasion } from '../domain/judge.ts'
import type { Model } from '../domain/model.ts'
import type { Routes } from '../model/routes.ts'
import { listCustomers } from '../store/account-list.ts'
import { accountsAwaitingWorse, wakeWorseAlerts } from '../store/alert-acts.ts'
import { alertsByAccount, openAlerts, resolveAlert } from '../store/alerts.ts'
import { type Connection, inTransaction } from '../store/database.ts'
import { clearDue, readDueAccounts } from '../store/due-accounts.ts'
import { type JobClaim, keepJob } from '../store/job-claims.ts'
import { modelKey } from '../store/models.ts'
import { observeAccounts } from '../store/observations.ts'
import { type PastScores, readPastScores } from '../store/past-scores.ts'
import { quietKinds } from '../store/quiet-rules.ts'
import { hasScheduledAfter, type ScoredAccount, type SettledDay, saveScores, settledOn } from '../store/scores.ts'
import { slices } from '../store/slices.ts'
import { markDueIfScoredAfter, newestScoringOrNone, saveStandings } from '../store/standings.ts'
import type { Db } from '../store/tables.ts'
import { saveTransitions } from '../store/transitions.ts'
import type { KeyRange } from '../store/window-scan.ts'
import { alertReason, reasonFor } from '../views/reason.ts'
import { startPlays } from './start-plays.ts'

/** Accounts whose windows are filled in one pass. */
const BATCH = 1_000

/** Judging and writing take turns: whoever else writes, the service above all, waits for one such write at most. */
const WRITTEN_TOGETHER = 200

/** The job's name: whoever scores holds it. */
export const SCORING = 'scoring'

export type ScoringRun = {
  readonly model: Model
  readonly at: Instant
  /** Makes the ids of new alerts. */
  readonly newId: () => string
  /** Which accounts: every one, or those with news since they were last scored. */
  readonly accounts: 'all' | 'due'
  /**
   * `slot`: the scheduled scoring, which settles the day whatever was scored before it. `now`: somebody asks for it;
   * the first of a day settles it. `news`: what came in since, which settles nothing. All say what changed.
   */
  readonly purpose: 'slot' | 'now' | 'news'
  /** Who works when: without it no playbook starts. */
  readonly routes?: Routes
  /** The right to be at it alone, renewed with every write. */
  readonly claim?: JobClaim
}

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
  const wanted = run.accounts === 'all' ? undefined : new Set(due.map(({ account }) => account))
  const customers = await listCustomers(db)
  const accounts = customers.filter(({ key }) => wanted?.has(key) ?? true)
  const isCustomer = new Set(customers.map(({ key }) => key))
  // News of a retired account wait for nobody: if it returns, it is due anyway.
  await clearDue(
    db,
    due.filter(({ account }) => !isCustomer.has(account)),
  )
  const model = await modelKey(db, run.model, run.at)
  const isPast = await liesInThePast(db, run)
  const transitions: TransitionOfAccount[] = []
  for (const batch of slices(accounts, BATCH)) {
    transitions.push(...(await scoreBatch(connection, run, batch, model, isPast)))
    const keys = new Set(batch.map(({ key }) => key))
    const done = due.filter(({ account }) => keys.has(account))
    if (!isPast) await clearDue(db, done)
  }
  return { scored: accounts.length, transitions }
}

/** Whether something newer was scored already: then the number is kept, and nothing settles. */
async function liesInThePast(db: Db, { purpose, at }: ScoringRun): Promise<boolean> {
  if (purpose === 'slot') return hasScheduledAfter(db, dayOf(at))
  return at < ((await newestScoringOrNone(db)) ?? -Infinity)
}

type Entry = { readonly key: number; readonly id: string }

async function scoreBatch(
  connection: Connection,
  run: ScoringRun,
  batch: readonly Entry[],
  model: number,
  isPast: boolean,
): Promise<TransitionOfAccount[]> {
  const { db } = connection
  const [first, last] = [batch[0]?.key ?? 0, batch.at(-1)?.key ?? -1]
  const range: KeyRange = { first, last }
  const day = dayOf(run.at)
  const observe = observeAccounts(connection, range, scoringWindows(run.model, run.at), run.at)
  const source = isPast ? 'scores' : 'standings'
  const past = await readPastScores(db, range, day, model, run.model.settling.dwell, source)
  const alerts = await alertsByAccount(db, range)
  const settled = await settledOn(db, range, day)

  const judged = ({ key }: Entry): Scored => {
    const told = past.told(key)
    const occasion = isPast ? 'past' : occasionOf(run, settled.get(key))
    const known = { ...(told && { told }), earlier: past.earlier(key), alerts: alerts.get(key) ?? [] }
    const observed = observe(key)
    const judgement = judge(run.model, observed, known, run.at, occasion)
    return { account: key, observed, occasion, isBaseline: told === undefined, judgement }
  }
  const scored: Scored[] = []
  for (const part of slices(batch, WRITTEN_TOGETHER)) {
    const more = part.map(judged)
    await inTransaction(db, db => save(db, run, more, { model, isPast, settled, past }))
    scored.push(...more)
  }
  const ids = new Map(batch.map(({ key, id }) => [key, id]))
  return isPast ? [] : scored.flatMap(entry => transitionsOf(entry, ids.get(entry.account) ?? ''))
}

type Scored = ScoredAccount & {
  readonly observed: ObservedAccount
  readonly occasion: Occasion
  readonly isBaseline: boolean
}

/** A day is settled once: by its slot, else by whoever asks first on that day. */
function occasionOf({ purpose, at }: ScoringRun, settled: SettledDay | undefined): Occasion {
  if (purpose === 'news') return 'between'
  if (purpose === 'now') return settled === undefined ? 'scheduled' : 'between'
  return settled?.origin === 'scheduled' && settled.at === at ? 'between' : 'scheduled'
}

type Saving = {
  readonly model: number
  readonly isPast: boolean
  readonly settled: ReadonlyMap<number, SettledDay>
  readonly past: PastScores
}

async function save(db: Db, run: ScoringRun, scored: readonly Scored[], saving: Saving): Promise<void> {
  const { model, isPast, settled } = saving
  if (run.claim !== undefined) await keepJob(db, run.claim)
  if (isPast) return saveScores(db, scored, model, 'number')
  const isAgain = ({ account, occasion }: Scored) => occasion === 'between' && settled.get(account)?.at === run.at
  const settling = scored.filter(entry => entry.occasion === 'scheduled' || (isAgain(entry) && entry.isBaseline))
  const again = scored.filter(entry => isAgain(entry) && !entry.isBaseline)
  await saveScores(db, settling, model, 'scheduled')
  await saveScores(db, again, model, 'number')
  // News that were scored while a slot waited for its turn are newer than the slot: they are scored once more.
  if (run.purpose === 'slot') await markDueIfScoredAfter(db, scored, run.at)
  await saveStandings(db, scored, model, reasonOf(run.model), run.purpose === 'slot')
  await saveTransitions(db, scored)
  await saveAlerts(db, run, scored)
  if (run.routes !== undefined) {
    await startPlays(db, { ...run, routes: run.routes, earlier: saving.past.earlier }, scored)
  }
}

/** What opens here is posted afterwards: see announce-alerts. */
async function saveAlerts(db: Db, run: ScoringRun, scored: readonly Scored[]): Promise<void> {
  const snoozing = await accountsAwaitingWorse(db)
  for (const { account, judgement } of scored) {
    for (const kind of judgement.alerts.resolve) await resolveAlert(db, account, kind, run.at)
    const shown = judgement.health.now.score?.shown
    if (shown !== undefined && snoozing.has(account)) await wakeWorseAlerts(db, account, shown)
  }
  const quiet = await quietKinds(db, run.model)
  const opened = scored.flatMap(({ account, observed, judgement: { alerts, health } }) =>
    alerts.open.map(kind => {
      const driver = kind === 'expansion_ready' ? topHelper(health) : topDriver(health)
      return {
        id: run.newId(),
        account,
        kind,
        at: run.at,
        reason: alertReason(run.model, observed, health, kind),
        isQuiet: quiet.has(kind),
        ...(driver !== undefined && { driver }),
      }
    }),
  )
  await openAlerts(db, opened)
}

function reasonOf(model: Model): (judgement: Judgement) => string {
  return ({ health }) => reasonFor(model, health)
}

function transitionsOf({ judgement: { health, transitions } }: Scored, account: string): TransitionOfAccount[] {
  return transitions.map(({ kind, from, to, driver }) => ({
    account,
    at: health.now.at,
    from,
    to,
    kind,
    shown: health.now.score?.shown,
    driver,
  }))
}
