import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Card } from '../card.ts'
import { timeText } from '../scoring/evidence.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'
import { aboutAlert, alertNote, lineButton } from './alert-line.ts'
import { KIND_WORDS } from './alert-words.ts'

const MOST_LINES = 20

/** A list of alerts, the most urgent first, each with a button to claim it or to its account. */
export function alertsCard(model: Model, title: string, alerts: readonly AlertDetails[], empty: string): Card {
  const shown = alerts.toSorted(mostUrgentFirst).slice(0, MOST_LINES)
  const rest = alerts.length - shown.length
  if (alerts.length === 0) return { title, summary: empty, parts: [{ kind: 'text', text: empty }] }
  return {
    title,
    summary: `${title}: ${alerts.length}`,
    parts: [
      { kind: 'list', items: shown.map(alert => ({ ...line(model, alert), about: aboutAlert(alert.id) })) },
      ...(rest === 0
        ? []
        : [{ kind: 'text' as const, quiet: true, text: `And ${rest} more. /health alerts mine shows only yours.` }]),
    ],
  }
}

function line(model: Model, alert: AlertDetails) {
  const { account, kind, openedAt, shown, verdict } = alert
  const score = shown === undefined ? [] : [String(shown)]
  return {
    tone: toneOf(model, verdict),
    lead: account.name,
    text: [KIND_WORDS[kind], ...score, verdictWords(model, verdict), `since ${timeText(openedAt)}`].join(' · '),
    note: alertNote(alert),
    button: lineButton(alert),
  }
}
