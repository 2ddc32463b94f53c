import type { Model } from '../../domain/model/model.ts'
import type { Silence } from '../../domain/sources/silence.ts'
import type { Card } from '../card.ts'
import { metricLabel } from '../scoring/evidence.ts'
import { silenceWords } from './silence-words.ts'

/** What admins hear once when a source stops, in place of an alert for each account. */
export function silentSourceCard(model: Model, source: string, silent: readonly Silence[]): Card {
  const summary = `The source ${source} went silent.`
  return {
    title: 'A source went silent',
    summary,
    parts: [
      { kind: 'text', text: summary },
      {
        kind: 'list',
        items: silent.map(silence => ({
          tone: 'warn',
          text: `${silenceWords(silence, metricLabel(model, silence.metric))}.`,
        })),
      },
      { kind: 'text', quiet: true, text: HELD_BACK },
    ],
  }
}

export const HELD_BACK =
  'Alerts that rest on it wait until it is back; those that other data supports go out as usual. Check the job that sends it. /health sources shows what comes in.'
