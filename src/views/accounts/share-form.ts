import type { FormView } from '../form.ts'

/** Which channel an account's card goes to, and a note above it. */
export function shareForm(name: string, canStay: boolean): FormView {
  return {
    title: 'Share to channel',
    intro: `${name}, as everybody there can see it.`,
    submit: 'Share',
    fields: [
      {
        kind: 'channel',
        id: 'channel',
        label: 'Channel',
        ...(canStay && { optional: true, hint: 'Leave it empty for the channel that you are in.' }),
      },
      { kind: 'text', id: 'note', label: 'What you say about it', optional: true, maxLength: 500, multiline: true },
    ],
  }
}
