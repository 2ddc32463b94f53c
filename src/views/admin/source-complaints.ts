import { counted } from '../../domain/counted.ts'
import type { SourceReport } from '../../domain/sources/source-report.ts'
import { silenceWords } from '../sources/silence-words.ts'
import type { Complaint } from './complaint.ts'

const MOST_NAMED = 10

/** What stopped coming in, and what comes in but is not used. */
export function sourceComplaints({ silent, unread, faults }: SourceReport): Complaint[] {
  return [
    ...faults.map(({ source, name, fault }) => ({
      about: 'source',
      problem: `${name} could not be pulled from ${source}: ${fault}`,
      remedy: `It is tried again by itself; \`rounds pull ${source}\` tries now.`,
    })),
    ...silent.map(silence => ({
      about: 'source',
      problem: `${silenceWords(silence)}.`,
      remedy: 'Check the job that sends it. Until it is back, alerts that rest on it wait.',
    })),
    ...(unread.length === 0
      ? []
      : [
          {
            about: 'metrics',
            problem: `No measure of the model reads ${metrics(unread)}.`,
            remedy: 'Add a measure for it to model.yaml, or stop sending it.',
          },
        ]),
  ]
}

/** Not wrong, since another source may come later. */
export function sourceNotes({ unsent, waiting }: SourceReport): string[] {
  const events = waiting.reduce((sum, { events }) => sum + events, 0)
  return [
    ...(unsent.length === 0
      ? []
      : [`The model reads ${metrics(unsent)}, and nobody sends ${unsent.length === 1 ? 'it' : 'them'}.`]),
    ...(events === 0
      ? []
      : [
          `${counted(events, 'event waits', 'events wait')} for an account that is not here, such as ${waiting[0]?.name} of ${waiting[0]?.source}.`,
        ]),
  ]
}

/** "the metric a", "the metrics a, b and 3 more" */
function metrics(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return `${names.length === 1 ? 'the metric' : 'the metrics'} ${names.slice(0, MOST_NAMED).join(', ')}${more}`
}
