import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { ScoringMode, Transition } from '../../domain/scoring/evaluate.ts'
import { accountsAwaitingWorse, wakeWorseAlerts } from '../../store/alerts/alert-acts.ts'
import { openAlerts, resolveAlert } from '../../store/alerts/alerts.ts'
import { saveHeldAlerts } from '../../store/alerts/held-alerts.ts'
import { mutedKinds } from '../../store/alerts/muted-rules.ts'
import { renewClaim } from '../../store/claims/claims.ts'
import { type SettledDay, saveScores } from '../../store/scoring/scores.ts'
import { type ShownAccount, saveCurrentStatus } from '../../store/scoring/statuses/current-status.ts'
import { saveTransitions } from '../../store/scoring/transitions.ts'
import type { Db } from '../../store/tables.ts'
import { startPlays } from '../playbooks/start-plays.ts'
import type { ScoringRun } from './scoring-run.ts'

/** One account's scoring, before it is stored. */
export type Scored = ShownAccount & {
  readonly id: string
  readonly transitions: readonly Transition[]
  /** The component, or `cap`, that explains its score best. */
  readonly driver: string | undefined
  /** What the previous scheduled scoring showed. */
  readonly shownBefore: number | undefined
  /** The alerts that it opens, each with its reason. */
  readonly opened: readonly OpenedAlert[]
  /** The kinds of alert that it resolves. */
  readonly resolved: readonly AlertKind[]
  /** Those that wait for a silent source; absent where none does or did. */
  readonly held?: readonly AlertKind[]
  readonly mode: ScoringMode
  /** Whether nothing was announced of it before, under this model. */
  readonly isFirst: boolean
}

export type OpenedAlert = { readonly kind: AlertKind; readonly reason: string; readonly driver?: string }

type Saving = { readonly model: number; readonly settled: ReadonlyMap<number, SettledDay> }

/** Stores the scoring of some accounts, with all that follows from it; part of one transaction. */
export async function saveScoring(db: Db, run: ScoringRun, scored: readonly Scored[], saving: Saving): Promise<void> {
  const { model, settled } = saving
  if (run.claim !== undefined) await renewClaim(db, run.claim)
  await saveScores(
    db,
    scored.filter(({ mode }) => mode === 'past'),
    model,
    'number',
  )
  const current = scored.filter(({ mode }) => mode !== 'past')
  const isAgain = ({ account }: Scored) => settled.get(account)?.at === run.at
  // A first scoring always settles, but a day that a slot has settled stays as it was.
  const settles = (entry: Scored) =>
    entry.mode === 'scheduled' || (entry.isFirst && (isAgain(entry) || !settled.has(entry.account)))
  await saveScores(db, current.filter(settles), model, 'scheduled')
  await saveScores(
    db,
    current.filter(entry => !settles(entry) && isAgain(entry)),
    model,
    'number',
  )
  await saveCurrentStatus(db, current, model, run.purpose === 'slot')
  await saveTransitions(db, current)
  await saveAlerts(db, run, current)
  // An account that waits for a silent source starts no playbook either.
  const heard = current.filter(({ held = [] }) => held.length === 0)
  if (run.routes !== undefined) await startPlays(db, { ...run, routes: run.routes }, heard)
}

/** Alerts that open here are posted later: see announce-alerts. */
async function saveAlerts(db: Db, run: ScoringRun, scored: readonly Scored[]): Promise<void> {
  const snoozing = await accountsAwaitingWorse(db)
  for (const { account, resolved, score } of scored) {
    for (const kind of resolved) await resolveAlert(db, account, kind, run.at)
    if (score !== undefined && snoozing.has(account)) await wakeWorseAlerts(db, account, score.shown, run.at)
  }
  const muted = await mutedKinds(db, run.model)
  const opened = scored.flatMap(({ account, opened }) =>
    opened.map(alert => ({ ...alert, id: run.newId(), account, at: run.at, isMuted: muted.has(alert.kind) })),
  )
  await openAlerts(db, opened)
  for (const { account, held } of scored) if (held !== undefined) await saveHeldAlerts(db, account, held, run.at)
}
