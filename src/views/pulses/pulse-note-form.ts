import { MOST_REASONS, RATING_WORDS, RATINGS, REASON_CODES } from '../../domain/pulses/pulse.ts'
import { needsNote } from '../../domain/pulses/pulse-state.ts'
import type { ChoicesField, FormView, TextField } from '../form.ts'

export type NotedPulse = {
  readonly name: string
  readonly rating: number
  readonly note: string
  readonly reasons: readonly string[]
}

/** What is asked about a rating that was given already. */
export function pulseNoteForm({ name, rating, note, reasons }: NotedPulse): FormView {
  const words = RATINGS.find(known => known === rating)
  return {
    title: `Pulse: ${rating} of 5`,
    intro: words === undefined ? name : `${name}: ${RATING_WORDS[words]}`,
    submit: 'Submit',
    fields: [noteField(note, !needsNote(rating)), reasonsField(reasons)],
  }
}

export function noteField(initial: string, isOptional: boolean): TextField {
  return {
    kind: 'text',
    id: 'note',
    label: 'Why?',
    hint: 'One or two sentences that a colleague can act on.',
    multiline: true,
    maxLength: 2_000,
    ...(isOptional && { optional: true }),
    ...(initial !== '' && { initial }),
  }
}

export function reasonsField(initial: readonly string[]): ChoicesField {
  return {
    kind: 'choices',
    id: 'reasons',
    label: 'Reasons',
    hint: `Up to ${MOST_REASONS}.`,
    optional: true,
    max: MOST_REASONS,
    options: Object.entries(REASON_CODES).map(([value, label]) => ({ value, label })),
    ...(initial.length > 0 && { initial }),
  }
}
