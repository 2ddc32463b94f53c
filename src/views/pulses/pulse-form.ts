import { RATING_WORDS, RATINGS } from '../../domain/pulses/pulse.ts'
import { PULSE_STANDS_DAYS } from '../../domain/pulses/pulse-due.ts'
import type { FormView } from '../form.ts'
import { noteField, reasonsField } from './pulse-note-form.ts'

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
      { ...noteField('', true), hint: 'Needed for 1 and 5. One or two sentences that a colleague can act on.' },
      reasonsField([]),
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
