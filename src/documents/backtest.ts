import type { ModelUse } from '../domain/model/model-use.ts'
import { tooFewToConclude } from '../domain/outcomes/backtest/backtest.ts'
import type { Figures } from '../domain/outcomes/backtest/figures.ts'
import type { LeftOut } from '../domain/outcomes/chosen.ts'
import { isoTime } from '../domain/time/iso-time.ts'
import type { BacktestReport } from '../work/outcomes/backtest.ts'

/** The report in the form that programs rely on; what cannot be had is null, with its reason in `left_out`. */
export function backtestDocument({ backtest, leftOut, attributes, alerts, versions }: Omit<BacktestReport, 'cases'>) {
  const { known, today, leadTime } = backtest
  return {
    lead_days: backtest.leadDays,
    as_of: isoTime(backtest.asOf),
    model: backtest.model,
    versions: versionsDocument(versions),
    outcomes: { bad: backtest.bad, good: backtest.good, left_out: [...leftOut, ...missing(backtest)] },
    known_at: figuresDocument(known),
    as_of_today: figuresDocument(today),
    yardsticks: backtest.yardsticks.map(({ name, measure, auc }) => ({
      name: measure === undefined ? name : `${name}: ${measure}`,
      ...aucDocument(auc),
    })),
    calibration: backtest.parts.map(({ from, to, count, bad, rate }) => ({
      ...{ from, to, count, bad },
      ...{ rate: rate.value, low: rate.low, high: rate.high },
    })),
    measures: backtest.measures.map(({ id, auc, medianBad, medianGood, coverage }) => ({
      id,
      auc: auc?.value ?? null,
      median_bad: medianBad ?? null,
      median_good: medianGood ?? null,
      coverage,
    })),
    green_churns: backtest.greenChurns.map(({ account, on, shown }) => ({ account: account.id, on, shown })),
    lead_time_days: {
      q1: leadTime?.q1 ?? null,
      median: leadTime?.median ?? null,
      q3: leadTime?.q3 ?? null,
    },
    segments: backtest.segments.map(({ key, bad, good, ...figures }) => ({
      ...{ segment: key, bad, good },
      ...figuresDocument(figures),
    })),
    pulses: backtest.pulses.map(({ key, bad, good, ...figures }) => ({
      ...{ pulse: key, bad, good },
      ...figuresDocument(figures),
    })),
    attributes: attributes.map(({ name, known, today, restsOn }) => ({ name, known, today, rests_on: restsOn })),
    alerts: {
      opened: alerts.opened,
      per_owner_and_month: alerts.perOwnerAndMonth ?? null,
      followed: alerts.followed,
      false_share: alerts.falseShare?.value ?? null,
    },
    too_few: tooFewToConclude(backtest) ?? null,
  }
}

export function versionsDocument(versions: readonly ModelUse[]) {
  return versions.map(({ name, version, since }) => ({ name, version, since: isoTime(since) }))
}

function figuresDocument({ auc, precision, recall, f1, baseRate, lift, topDecileLift, unscored }: Figures) {
  return {
    ...aucDocument(auc),
    precision: precision?.value ?? null,
    recall: recall?.value ?? null,
    f1: f1 ?? null,
    base_rate: baseRate?.value ?? null,
    lift: lift ?? null,
    top_decile_lift: topDecileLift ?? null,
    unscored,
  }
}

function aucDocument(auc: Figures['auc']) {
  return { auc: auc?.value ?? null, auc_low: auc?.low ?? null, auc_high: auc?.high ?? null }
}

function missing({ bad, good, known, leadTime }: BacktestReport['backtest']): LeftOut[] {
  return [
    ...(known.unscored > 0 ? [{ reason: 'no score at the cut', count: known.unscored }] : []),
    ...(known.auc === undefined
      ? [{ reason: 'no AUC: it needs two bad and two good outcomes with a score', count: bad + good }]
      : []),
    ...(known.precision === undefined
      ? [{ reason: 'no precision: nothing was at risk at the cut', count: known.scored }]
      : []),
    ...(known.recall === undefined
      ? [{ reason: 'no recall and no lift: nothing bad had a score at the cut', count: bad }]
      : []),
    ...(leadTime === undefined
      ? [{ reason: 'no lead time: nothing that went badly was at risk before', count: bad }]
      : []),
  ]
}
