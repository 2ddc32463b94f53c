import type { Form } from '../form.ts'

/** Somebody's words, to be kept with an account. */
export function commentForm(text: string, state: string): Form {
  return {
    id: 'comment',
    title: 'Add to timeline',
    intro: 'The words are kept with the account, with a link back, and their tone counts as a signal.',
    submit: 'Add',
    state,
    fields: [
      { kind: 'account', id: 'account', label: 'Account' },
      {
        kind: 'text',
        id: 'text',
        label: 'What was said',
        hint: 'Leave out what does not belong to the customer.',
        multiline: true,
        maxLength: 3_000,
        initial: text,
      },
    ],
  }
}
