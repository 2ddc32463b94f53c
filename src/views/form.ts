/** A form as plain data: a window of its own where the platform has such, else a part of the message. */
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
  | 'task-done'
  | 'task-skip'
  | 'task-reassign'
  | 'task-add'

/** All that a view says of a form; its interaction in `chat` knows its id and what travels with it. */
export type FormView = Omit<Form, 'id' | 'state'>

export type Field = ChoiceField | ChoicesField | TextField | LookupField

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
}

export type TextField = FieldBase & {
  readonly kind: 'text'
  readonly multiline?: boolean
  readonly maxLength?: number
  readonly initial?: string
}

/** One account or one of our people, found while the name is typed; its value is the account's id, or the e-mail. */
export type LookupField = FieldBase & { readonly kind: Lookup }

export type Lookup = 'account' | 'person'

export type Option = { readonly value: string; readonly label: string }
