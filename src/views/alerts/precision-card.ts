import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { maySee, type Reader } from '../../domain/alerts/confidential.ts'
import {
  type Precision,
  precisionByOwner,
  precisionOf,
  type RatedAlert,
  wrongShare,
} from '../../domain/alerts/precision.ts'
import type { AlertRule } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Card, Item } from '../card.ts'
import { KIND_WORDS } from './alert-words.ts'

/** A rule, and whether it is in digests only, or was put back. */
export type ShownRule = {
  readonly rule: AlertRule
  readonly mutedSince?: Instant
  readonly restoredAt?: Instant
  readonly alerts: readonly RatedAlert[]
}

/** The reader, since it may be confidential whom an alert is about; and the names of people. */
export type PrecisionReader = { readonly reader: Reader; nameOf(email: string): string }

/** How useful each alert rule is, by the feedback on its alerts; overall, and for each owner. */
export function precisionCard(rules: readonly ShownRule[], { reader, nameOf }: PrecisionReader): Card {
  const summary = rules.some(({ mutedSince }) => mutedSince !== undefined)
    ? 'Some rules raised too many false alarms and now appear in digests only.'
    : 'What people said about the alerts that were posted.'
  return {
    title: 'Precision of alerts',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'list', heading: 'By rule', items: rules.map(ruleItem) },
      ...rules
        .map(({ rule, alerts }) => ({
          rule,
          alerts: alerts.filter(({ kind, owner }) => maySee(reader, { kind, owner })),
        }))
        .filter(({ alerts }) => alerts.length > 0)
        .map(({ rule, alerts }) => ({
          kind: 'list' as const,
          heading: `${KIND_WORDS[rule.kind]}, by owner`,
          items: [...precisionByOwner(alerts)].map(
            ([owner, precision]): Item => ({
              lead: owner === undefined ? 'Nobody' : nameOf(owner),
              text: countsText(precision),
            }),
          ),
        })),
      { kind: 'text', quiet: true, text: MEANING },
    ],
  }
}

/** Tells admins once that a rule was muted. */
export function mutedRuleCard(rule: AlertRule, precision: Precision): Card {
  const summary = `${KIND_WORDS[rule.kind]} appears in digests only from now on: ${wrongText(rule, precision)}.`
  return {
    title: 'Too many false alarms',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'text', quiet: true, text: `To restore it: ${restoreText(rule.kind)}. All numbers: /health precision` },
    ],
  }
}

/** "4 of 11 answered alerts were wrong, and the budget is 30%" */
export function wrongText({ budget }: AlertRule, { useful, known, wrong }: Precision): string {
  const allowed = budget === undefined ? '' : `, and the budget is ${percent(budget.wrong)}`
  return `${wrong} of ${useful + known + wrong} answered alerts were wrong${allowed}`
}

const MEANING =
  'Precision is the useful share of useful and wrong; already known ones are counted separately. Each alert counts once, as most people rated it.'

function ruleItem({ rule, mutedSince, restoredAt, alerts }: ShownRule): Item {
  const precision = precisionOf(alerts)
  const notes = [
    ...(mutedSince === undefined
      ? []
      : [
          `In digests only since ${dayOf(mutedSince)}: ${wrongText(rule, precision)}. To restore it: ${restoreText(rule.kind)}`,
        ]),
    ...(restoredAt === undefined || mutedSince !== undefined
      ? []
      : [`Counted since it was restored on ${dayOf(restoredAt)}`]),
    ...(rule.critical ? ['Critical: always posted'] : []),
  ]
  return {
    ...(mutedSince !== undefined && { tone: 'warn' as const }),
    lead: KIND_WORDS[rule.kind],
    text: countsText(precision),
    ...(notes.length > 0 && { note: notes.join('. ') }),
  }
}

function countsText(precision: Precision): string {
  const { useful, known, wrong, unanswered } = precision
  if (useful + known + wrong + unanswered === 0) return 'none posted yet'
  const share = wrongShare(precision)
  const worth = precision.precision === undefined ? [] : [`precision ${percent(precision.precision)}`]
  const wrongs = share === undefined ? `${wrong} wrong` : `${wrong} wrong (${percent(share)} of the answers)`
  return [...worth, `${useful} useful`, `${known} already known`, wrongs, `${unanswered} unanswered`].join(' · ')
}

function restoreText(kind: AlertKind): string {
  return `/health precision restore ${kind}`
}
