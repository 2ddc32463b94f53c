import { capitalized } from '../../domain/capitalized.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { ModelUse } from '../../domain/model/model-use.ts'
import type { AlertLoad } from '../../domain/outcomes/alert-load.ts'
import { type Backtest, tooFewToConclude } from '../../domain/outcomes/backtest/backtest.ts'
import type { RestingAttribute } from '../../domain/outcomes/backtest/resting-attributes.ts'
import type { LeftOut } from '../../domain/outcomes/chosen.ts'
import type { Card, Item, Part } from '../card.ts'
import { backtestFacts } from './backtest-facts.ts'
import { measuresSentence } from './backtest-measures.ts'
import { groupsTable, measuresTable, yardsticksTable } from './backtest-tables.ts'
import { decimals, estimateText, shareText } from './estimate-text.ts'
import { versionName, versionParts } from './model-versions.ts'

export type ShownBacktest = {
  readonly backtest: Backtest
  readonly leftOut: readonly LeftOut[]
  readonly alerts: AlertLoad
  readonly attributes: readonly RestingAttribute[]
  readonly versions: readonly ModelUse[]
}

/** What the score said before each outcome, against what happened. With too few outcomes it says so, and no figures. */
export function backtestCard(model: Model, { backtest, leftOut, attributes, alerts, versions }: ShownBacktest): Card {
  const tooFew = tooFewToConclude(backtest)
  const summary = tooFew === undefined ? conclusion(backtest) : sentence(`${tooFew}, so nothing can be concluded yet`)
  const counts = `${counted(backtest.bad, 'churn or contraction', 'churns and contractions')}, ${counted(backtest.good, 'renewal or expansion', 'renewals and expansions')}`
  return {
    title: `Backtest, ${counted(backtest.leadDays, 'day')} before`,
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'text', quiet: true, text: [counts, ...leftOut.map(leftOutText)].join('; ') },
      ...(tooFew === undefined ? figures(model, backtest) : []),
      ...(tooFew === undefined && alerts.opened > 0 ? [{ kind: 'text' as const, text: alertText(alerts) }] : []),
      ...list('Little was known then about', attributes.map(attributeItem)),
      ...versionParts(versions),
      { kind: 'text', quiet: true, text: smallPrint(backtest) },
    ],
  }
}

/** Whether the score tells good from bad at all, in one sentence. */
export function conclusion({ known: { auc }, leadDays }: Backtest): string {
  if (auc === undefined) return 'Nothing can be concluded: no outcome had a score then.'
  const { value, low, high } = auc
  if (low <= 0.5 && high >= 0.5)
    return `The score ${leadDays} days before cannot be told from chance: AUC ${estimateText(auc)}.`
  const pairs = (share: number) => Math.round(share * 100)
  const of = `${pairs(value)} of 100 pairs (${pairs(low)} to ${pairs(high)})`
  return `${leadDays} days before, the one that left or shrank had the lower score in ${of}.${high < 0.5 ? ' The score points the wrong way.' : ''}`
}

function figures(model: Model, backtest: Backtest): Part[] {
  const { parts, measures, greenChurns, segments, pulses } = backtest
  return [
    { kind: 'facts', facts: backtestFacts(backtest) },
    ...yardsticksTable(model, backtest),
    {
      kind: 'chart',
      title: `${PARTS_CAPTION} (percent)`,
      points: parts.map(({ from, to, rate }) => ({
        label: `${Math.round(from)}-${Math.round(to)}`,
        value: Math.round(rate.value * 100),
      })),
      text: [
        PARTS_CAPTION,
        ...parts.map(
          ({ from, to, bad, count, rate }) =>
            `${Math.round(from)}-${Math.round(to)}: ${bad} of ${count}, ${shareText(rate)}`,
        ),
      ].join('\n'),
    },
    { kind: 'text', text: measuresSentence(model, measures) },
    ...measuresTable(model, measures),
    ...list(
      'Green churns: healthy then',
      greenChurns.slice(0, MOST).map(({ account, on, shown }) => ({
        tone: 'warn' as const,
        lead: account.name,
        text: `scored ${shown}; ${on}`,
      })),
    ),
    ...(greenChurns.length > MOST
      ? [{ kind: 'text' as const, quiet: true, text: `and ${greenChurns.length - MOST} more` }]
      : []),
    ...groupsTable('By segment', 'Segment', segments, key => key),
    ...groupsTable("By the owner's pulse", 'Pulse', pulses, key => `${key} of 5`),
  ]
}

const PARTS_CAPTION = 'Share that left or shrank, by score from low to high'

const MOST = 10

function alertText({ opened, perOwnerAndMonth = 0, followed, falseShare }: AlertLoad): string {
  const each = `Alerts: ${opened}, ${decimals(perOwnerAndMonth)} for an owner in a month (median)`
  if (falseShare === undefined || followed < 10)
    return `${each}; ${followed} of the 10 outcomes needed to say how many were false.`
  return `${each}; of ${followed} that an outcome followed ${shareText(falseShare)} were false.`
}

function leftOutText({ reason, count }: LeftOut): string {
  return `${count.toLocaleString('en-US')} left out: ${reason}`
}

function attributeItem({ name, known, today, restsOn }: RestingAttribute): Item {
  return {
    tone: 'warn',
    lead: name,
    text: `known then for ${known} of the ${counted(today, 'outcome')} that have it today`,
    note: `Its past values are unknown, so these were not checked: ${restsOn.join(', ')}.`,
  }
}

function smallPrint({ model, known }: Backtest): string {
  const scored = `${counted(known.scored, 'outcome')} with a score, under ${versionName(model)}`
  return `${scored}. Intervals are 95%. Nothing learned after that day counts. Correlation is not proof of a cause.`
}

function sentence(text: string): string {
  return `${capitalized(text)}.`
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}
