import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Card, Item } from '../card.ts'
import { toneOf } from '../scoring/status-text.ts'
import { aboutAlert, alertNote, lineButton } from './alert-line.ts'
import { KIND_WORDS } from './alert-words.ts'

export const MOST_LINES = 10

/** More alerts at once than anybody would read. `sends` comes back with the button. */
export function stormCard(model: Model, alerts: readonly AlertDetails[], sends: string): Card {
  const accounts = new Set(alerts.map(({ account }) => account.key)).size
  const about = `about ${counted(accounts, 'account')}`
  const sentence = `${alerts.length} alerts opened in one scoring, ${about}. A data source may be at fault rather than the customers.`
  const rest = alerts.length - stormLines(alerts).length
  return {
    title: 'Many alerts at once',
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      {
        kind: 'list',
        items: stormItems(model, alerts),
      },
      ...(rest === 0 ? [] : [{ kind: 'text' as const, quiet: true, text: `And ${rest} more: /health alerts.` }]),
    ],
    buttons: [{ label: 'Send them all', action: 'send-storm', value: sends }],
  }
}

export function stormItems(model: Model, alerts: readonly AlertDetails[]): Item[] {
  return stormLines(alerts).map(alert => ({
    tone: toneOf(model, alert.verdict),
    lead: alert.account.name,
    text: KIND_WORDS[alert.kind],
    note: alertNote(alert),
    button: lineButton(alert),
    about: aboutAlert(alert.id),
  }))
}

/** Those that the summary names: the most urgent first. */
export function stormLines(alerts: readonly AlertDetails[]): AlertDetails[] {
  return alerts.toSorted(mostUrgentFirst).slice(0, MOST_LINES)
}
