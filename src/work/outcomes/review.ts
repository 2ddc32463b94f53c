import type { Context } from '../../context.ts'
import { tooFewToConclude } from '../../domain/outcomes/backtest/backtest.ts'
import { ruleWorths } from '../../domain/outcomes/review.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { openedSince } from '../../store/alerts/alerts-opened.ts'
import { readRatedAlerts } from '../../store/alerts/muted-rules.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { reviewedOrNone } from '../../store/outcomes/study-marks.ts'
import { playbooksStartedSince } from '../../store/playbooks/play-outcomes.ts'
import { reviewCard } from '../../views/outcomes/review-card.ts'

const QUARTER = 92 * DAY

/** The quarter in which an instant falls, such as `2026-Q4`. */
function quarterOf(at: Instant): string {
  const day = new Date(at)
  return `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`
}

/** What the admins read each quarter; undefined where no outcome is known, so that there is nothing to say. */
export async function buildReview({ connection, settings, study }: Context, at: Instant) {
  const { db } = connection
  const { model, routes } = settings
  const outcomes = await listOutcomes(db)
  if (outcomes.length === 0) return undefined
  const run = { model, scoring: routes.scoring, now: at }
  const before = await reviewedOrNone(db)
  const trust = await study.trust(run)
  const backtest = await study.backtest({ ...run, leadDays: 90 })
  const opened = await openedSince(db, at - 2 * 365 * DAY)
  const started = new Set(await playbooksStartedSince(db, at - QUARTER))
  const quarter = quarterOf(at)
  const card = reviewCard(model, {
    quarter,
    trust,
    before,
    rules: ruleWorths(model, await readRatedAlerts(db, at), opened, outcomes),
    silentRules: model.alerts
      .map(({ kind }) => kind)
      .filter(kind => !opened.some(alert => alert.kind === kind && alert.openedAt >= at - QUARTER)),
    idleComponents: tooFewToConclude(backtest.backtest) === undefined ? backtest.idleComponents : [],
    idlePlays: model.playbooks.filter(({ id }) => !started.has(id)).map(({ label }) => label),
  })
  return { quarter, card, trust }
}
