import { OUTCOME_KINDS } from '../../domain/outcomes/outcome.ts'
import type { Day } from '../../domain/time/instant.ts'
import type { FormView } from '../form.ts'
import { OUTCOME_WORDS } from './outcome-card.ts'

/** What really happened to an account. */
export function outcomeForm(accountName: string, today: Day): FormView {
  return {
    title: 'Record an outcome',
    intro: `What happened to ${accountName}?`,
    submit: 'Record',
    fields: [
      {
        kind: 'choice',
        id: 'kind',
        label: 'Outcome',
        options: OUTCOME_KINDS.map(value => ({ value, label: OUTCOME_WORDS[value].label })),
      },
      { kind: 'date', id: 'on', label: 'Day', initial: today },
      {
        kind: 'text',
        id: 'reason',
        label: 'Why?',
        hint: 'In a word or two, such as price.',
        optional: true,
        maxLength: 60,
      },
      {
        kind: 'text',
        id: 'arr',
        label: 'ARR',
        hint: 'What was lost or won, such as 12000.',
        optional: true,
        maxLength: 15,
      },
      { kind: 'text', id: 'note', label: 'Note', optional: true, multiline: true, maxLength: 2_000 },
      {
        kind: 'choices',
        id: 'retire',
        label: 'If it churned',
        hint: 'Its alerts and tasks end, its history stays.',
        optional: true,
        options: [{ value: 'yes', label: 'No longer a customer' }],
      },
    ],
  }
}
