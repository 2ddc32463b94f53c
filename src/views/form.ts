/** A form as plain data: a window of its own if the platform has those, otherwise part of the message. */
export type Form = {
  readonly id: FormId
  readonly title: string
  readonly intro?: string
  readonly submit: string
  readonly fields: readonly Field[]
  /** Comes back untouched with the submission; never shown. */
  readonly state: string
}

/** Each has its handler in `chat/forms.ts`, or does not compile. */
export type FormId =
  | 'assign'
  | 'snooze'
  | 'resolve'
  | 'comment'
  | 'digest'
  | 'pulse'
  | 'outcome'
  | 'pulse-note'
  | 'choices'
  | 'task-done'
  | 'task-skip'
  | 'task-reassign'
  | 'task-add'
  | 'list-filter'
  | 'account-pick'
  | 'share'

/** All that a view says of a form; its interaction in `chat` knows its id and what travels with it. */
export type FormView = Omit<Form, 'id' | 'state'>

export type Field = ChoiceField | ChoicesField | TextField | DateField | TimeField | LookupField

type FieldBase = { readonly id: string; readonly label: string; readonly hint?: string; readonly optional?: boolean }

/** Exactly one of a few options. */
export type ChoiceField = FieldBase & {
  readonly kind: 'choice'
  readonly options: readonly Option[]
  readonly initial?: string
}

/** Any number of options, up to `max`. */
export type ChoicesField = FieldBase & {
  readonly kind: 'choices'
  readonly options: readonly Option[]
  readonly max?: number
  readonly initial?: readonly string[]
}

export type TextField = FieldBase & {
  readonly kind: 'text'
  readonly multiline?: boolean
  readonly maxLength?: number
  readonly initial?: string
}

/** A day, chosen from a calendar: `2026-12-05`. */
export type DateField = FieldBase & { readonly kind: 'date'; readonly initial?: string }

/** A time of day, `08:30`. */
export type TimeField = FieldBase & { readonly kind: 'time'; readonly initial?: string }

/**
 * One account, one of our people, or a channel that Rounds can post to, found while the name is typed. Its value is the
 * account's id, the e-mail, or the platform's id of the channel.
 */
export type LookupField = FieldBase & { readonly kind: Lookup; readonly initial?: Option }

export type Lookup = 'account' | 'person' | 'channel'

export type Option = { readonly value: string; readonly label: string }
