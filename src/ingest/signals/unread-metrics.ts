import type { NamedFacts } from '../../model/named-facts.ts'
import { nearestOf } from '../../nearest.ts'
import type { Note } from '../files/notes.ts'

type Unread = [string, { readonly count: number; readonly example: string }]

/** Says of metrics that came and that no measure reads which was meant. */
export function unreadMetricNotes(unread: readonly Unread[], facts: NamedFacts | undefined): Note[] {
  return unread.map(([metric, { count, example }]) => {
    const meant = nearestOf(metric, [...(facts?.metrics ?? [])], 3)
    const question = meant === undefined ? '' : `; did you mean \`${meant}\`?`
    const text = `No measure of the model reads the metric \`${metric}\`${question}`
    return { kind: 'unread_metric', text: question === '' ? `${text}.` : text, count, example }
  })
}
