import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { ALERT_VERDICTS } from '../../domain/alerts/feedback.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Button, Card, Fact, Item, Part } from '../card.ts'
import { titleAt } from '../parts/age.ts'
import { arrText, dayText, signed } from '../parts/amounts.ts'
import { statusBadge, toneOf } from '../scoring/status-text.ts'
import { alertButtons, alertMenu } from './alert-buttons.ts'
import { alertReasonText } from './alert-reason.ts'
import { alertStateText, HAPPENED, KIND_WORDS, shortened, signOf, VERDICT_WORDS, verdictsText } from './alert-words.ts'

export type AlertCardOptions = {
  readonly showArr: boolean
  /** The e-mail of its only reader, in a direct message. */
  readonly reader?: string
  /** Why it comes now: "Dana assigned this to you." */
  readonly intro?: string
  /** The account's other alerts, in order. */
  readonly others?: readonly AlertDetails[]
}

/** The alerts of one account, the most urgent leading: what happened and why, who has it, and what can be done. */
export function alertCard(model: Model, alert: AlertDetails, options: AlertCardOptions): Card {
  const { account, kind, verdict, shown, state } = alert
  const reason = reasonFor(alert, options)
  const tone = kind === 'expansion_ready' ? 'good' : toneOf(model, verdict)
  const hasEnded = state === 'resolved'
  const others = besides(alert, options)
  const also = others.length === 0 ? '' : ` Also: ${others.map(other => KIND_WORDS[other.kind]).join(', ')}.`
  return {
    ...titleOf(alert),
    badge: statusBadge(model, shown, verdict),
    ...(hasEnded && { asOf: alert.asOf }),
    summary: `${account.name} ${HAPPENED[kind]}. ${reason}.${also}`,
    parts: [
      ...(options.intro === undefined ? [] : [text(options.intro)]),
      { kind: 'list', items: [{ tone, text: reason }, ...others.map(other => lineOf(other, alert, options))] },
      { kind: 'facts', facts: facts(alert, options) },
      ...(hasEnded ? [] : questions(model, alert)),
      ...(state === 'open' ? [] : [text(alertStateText(alert))]),
      ...(hasEnded ? feedbackParts(alert) : []),
    ],
    buttons: alertButtons(alert, others),
    menu: alertMenu(alert),
  }
}

/** Replaces a confidential alert that its reader may no longer see. */
export function withheldCard({ account }: AlertDetails): Card {
  const sentence = `This alert about ${account.name} is for its current owner.`
  return { title: account.name, summary: sentence, parts: [text(sentence)] }
}

/** "Acme: Renewal at risk · open for 3 h · ○ nobody yet" */
function titleOf(alert: AlertDetails): Pick<Card, 'title' | 'aged'> {
  const { account, kind, state, openedAt, asOf } = alert
  const before = `${shortened(account.name, 48)}: ${KIND_WORDS[kind]}`
  if (state === 'resolved') return { title: `${before} · ${signOf(alert)}` }
  const aged = { since: openedAt, before, after: signOf(alert) }
  return { title: titleAt(aged, asOf), aged }
}

/** The alerts next to the leading one; ended ones are mentioned only if all have ended. */
function besides({ state }: AlertDetails, { others = [] }: AlertCardOptions): readonly AlertDetails[] {
  return others.filter(other => state === 'resolved' || other.state !== 'resolved').slice(0, MOST_LINES)
}

const MOST_LINES = 6

/** Another alert of the account: its reason if that differs, and its holder if that differs. */
function lineOf(other: AlertDetails, lead: AlertDetails, options: AlertCardOptions): Item {
  const reason = reasonFor(other, options)
  const isSame = signOf(other) === signOf(lead)
  return {
    lead: KIND_WORDS[other.kind],
    text: isSame ? '' : signOf(other),
    ...(other.reason !== lead.reason && { note: reason }),
  }
}

/** To the person who gave the pulse, a divergence is worded as such. */
function reasonFor(alert: AlertDetails, { reader }: AlertCardOptions): string {
  const { kind, about, asOf } = alert
  const reason = alertReasonText(alert, about.renewalOn, asOf)
  const isTheirs = kind === 'pulse_divergence' && reader !== undefined && reader === about.owner?.toLowerCase()
  return isTheirs ? reason.replace(/^The pulse says/, 'You say') : reason
}

function facts({ about, asOf, nameOf, change }: AlertDetails, { showArr }: AlertCardOptions): Fact[] {
  const { owner, arr, currency, renewalOn } = about
  return [
    ...(change === undefined ? [] : [{ label: 'Score', value: `${signed(change)} in 30 days` }]),
    { label: 'Owner', value: owner === undefined ? 'Nobody' : nameOf(owner) },
    ...(showArr && arr !== undefined ? [{ label: 'ARR', value: arrText(arr, currency) }] : []),
    ...(renewalOn === undefined ? [] : [{ label: 'Renewal', value: dayText(renewalOn, asOf) }]),
  ]
}

/** What the model says to ask when this component is the cause of a fall. */
function questions({ components }: Model, { driver, kind }: AlertDetails): Part[] {
  if (kind === 'expansion_ready') return []
  const { ask = [] } = components.find(({ id }) => id === driver) ?? {}
  return ask.length === 0 ? [] : [text(`Ask: ${ask.join(' ')}`, true)]
}

/** Asked once, when it ends; an answer can be changed in the menu. */
function feedbackParts({ id, verdicts }: AlertDetails): Part[] {
  if (verdicts.length > 0) return [text(verdictsText(verdicts), true)]
  const choices = ALERT_VERDICTS.map(
    (verdict): Button => ({ label: VERDICT_WORDS[verdict], action: `verdict-${verdict}`, value: id }),
  )
  return [{ kind: 'list', items: [{ text: 'Was this useful?', choices }] }]
}

function text(words: string, quiet = false): Part {
  return { kind: 'text', text: words, ...(quiet && { quiet }) }
}
