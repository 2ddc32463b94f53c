import { MOST_REASONS, RATING_WORDS, RATINGS, REASON_CODES } from '../../domain/pulses/pulse.ts'
import { PULSE_STANDS_DAYS } from '../../domain/pulses/pulse-due.ts'
import type { FormView } from '../form.ts'

/** A CSM's own rating of the relationship. */
export function pulseForm(accountName: string): FormView {
  return {
    title: 'Submit pulse',
    intro: `How is the relationship with ${accountName}?`,
    submit: 'Submit',
    fields: [
      {
        kind: 'choice',
        id: 'rating',
        label: 'Your rating',
        options: RATINGS.map(rating => ({ value: String(rating), label: `${rating}: ${RATING_WORDS[rating]}` })),
      },
      {
        kind: 'text',
        id: 'note',
        label: 'Why?',
        hint: 'One or two sentences that a colleague can act on.',
        multiline: true,
        maxLength: 2_000,
      },
      {
        kind: 'choices',
        id: 'reasons',
        label: 'Reasons',
        hint: `Up to ${MOST_REASONS}.`,
        optional: true,
        max: MOST_REASONS,
        options: Object.entries(REASON_CODES).map(([value, label]) => ({ value, label })),
      },
      {
        kind: 'text',
        id: 'expires',
        label: 'Counts for how many days?',
        hint: 'After that I ask you again.',
        optional: true,
        maxLength: 3,
        initial: String(PULSE_STANDS_DAYS),
      },
    ],
  }
}
