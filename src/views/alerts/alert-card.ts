import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { ALERT_VERDICTS } from '../../domain/alerts/feedback.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Button, Card, Fact, Part } from '../card.ts'
import { dayText, moneyText, signed, wholePoints } from '../parts/amounts.ts'
import { statusBadge, toneOf } from '../parts/status-text.ts'
import { alertReasonText } from './alert-reason.ts'
import { alertStateText, HAPPENED, KIND_WORDS, VERDICT_WORDS, verdictsText } from './alert-words.ts'

export type AlertCardOptions = {
  readonly showArr: boolean
  /** The e-mail of the only one who reads it, in a direct message. */
  readonly reader?: string
  /** Why it comes now: "Dana assigned this to you." */
  readonly intro?: string
}

/** One alert: what happened and why, who has it, and everything that can be done about it. */
export function alertCard(model: Model, alert: AlertDetails, options: AlertCardOptions): Card {
  const { account, kind, verdict, shown } = alert
  const sentence = `${account.name} ${HAPPENED[kind]}.`
  const reason = reasonFor(alert, options)
  return {
    title: `${account.name}: ${KIND_WORDS[kind]}`,
    badge: statusBadge(model, shown, verdict),
    ...(alert.state === 'resolved' && { asOf: alert.asOf }),
    summary: `${sentence} ${reason}`,
    parts: [
      ...(options.intro === undefined ? [] : [text(options.intro)]),
      text(sentence),
      { kind: 'list', items: [{ tone: kind === 'expansion_ready' ? 'good' : toneOf(model, verdict), text: reason }] },
      { kind: 'facts', facts: facts(alert, options) },
      ...questions(model, alert),
      text(alertStateText(alert)),
      ...(alert.verdicts.length === 0 ? [] : [text(verdictsText(alert.verdicts), true)]),
    ],
    buttons: alertButtons(alert),
  }
}

/** What stands in the place of a confidential alert where its reader may not see it anymore. */
export function withheldCard({ account }: AlertDetails): Card {
  const sentence = `This alert about ${account.name} is for its current owner.`
  return { title: account.name, summary: sentence, parts: [text(sentence)] }
}

/** What a pulse and the data disagree about is said to the one who gave the pulse as such. */
function reasonFor(alert: AlertDetails, { reader }: AlertCardOptions): string {
  const { kind, about, asOf } = alert
  const reason = alertReasonText(alert, about.renewalOn, asOf)
  const isTheirs = kind === 'pulse_divergence' && reader !== undefined && reader === about.owner?.toLowerCase()
  return isTheirs ? reason.replace(/^The pulse says/, 'You say') : reason
}

function facts({ about, asOf, nameOf, change }: AlertDetails, { showArr }: AlertCardOptions): Fact[] {
  const { owner, arr, renewalOn } = about
  return [
    ...(change === undefined ? [] : [{ label: 'Score', value: `${signed(wholePoints(change))} in 30 days` }]),
    { label: 'Owner', value: owner === undefined ? 'Nobody' : nameOf(owner) },
    ...(showArr && arr !== undefined ? [{ label: 'ARR', value: moneyText(arr) }] : []),
    ...(renewalOn === undefined ? [] : [{ label: 'Renewal', value: dayText(renewalOn, asOf) }]),
  ]
}

/** What the model says to ask when this component is the cause of a fall. */
function questions({ components }: Model, { driver, kind }: AlertDetails): Part[] {
  if (kind === 'expansion_ready') return []
  const { ask = [] } = components.find(({ id }) => id === driver) ?? {}
  return ask.length === 0 ? [] : [text(`Ask: ${ask.join(' ')}`, true)]
}

function alertButtons({ id, state, claimedBy, account, undo }: AlertDetails): Button[] {
  const claim: Button = { label: 'Claim', action: 'claim', value: id, style: 'primary' }
  const snooze: Button = { label: 'Snooze', action: 'snooze', value: id, opensForm: true }
  const acts: Button[] = [
    { label: 'Assign to…', action: 'assign', value: id, opensForm: true },
    ...(state === 'snoozed' ? [] : [snooze]),
    { label: 'Resolve', action: 'resolve', value: id, opensForm: true },
  ]
  const verdicts = ALERT_VERDICTS.map(
    (verdict): Button => ({ label: VERDICT_WORDS[verdict], action: `verdict-${verdict}`, value: id }),
  )
  return [
    ...(undo === undefined ? [] : [{ label: 'Undo', action: 'undo', value: undo } as const]),
    ...(state !== 'resolved' && state !== 'claimed' && claimedBy === undefined ? [claim] : []),
    ...(state === 'resolved' ? [] : acts),
    ...verdicts,
    { label: 'Show account', action: 'show', value: account.id },
  ]
}

function text(words: string, quiet = false): Part {
  return { kind: 'text', text: words, ...(quiet && { quiet }) }
}
