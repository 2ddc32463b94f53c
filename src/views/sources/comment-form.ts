import type { FormView } from '../form.ts'

/** Somebody's words, to be kept with an account. */
export function commentForm(text: string): FormView {
  return {
    title: 'Add to timeline',
    intro: 'The text is saved with the account and a link back, and its tone counts as a signal.',
    submit: 'Add',
    fields: [
      { kind: 'account', id: 'account', label: 'Account' },
      {
        kind: 'text',
        id: 'text',
        label: 'What was said',
        hint: 'Leave out anything that is not about the customer.',
        multiline: true,
        maxLength: 3_000,
        initial: text,
      },
    ],
  }
}
