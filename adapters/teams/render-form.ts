import type { MessageRef, Submission } from '../../src/chat.ts'
import type { ChoiceField, ChoicesField, Field, Form, Option, TextField } from '../../src/views/form.ts'
import { SUBMIT } from './button.ts'
import { CUTS, LIMITS, sizeOf } from './limits.ts'
import { type AdaptiveCard, adaptiveCard } from './render-card.ts'
import { clean, cut, type Element, isVisible, lines, oneLine, richText, run, words } from './text.ts'

export type FormState = {
  /** A sentence for each wrong field. */
  readonly errors?: Readonly<Record<string, string>>
  /** What was typed before. */
  readonly values?: Submission['values']
  /** The message that the form was opened from. */
  readonly origin?: MessageRef
  /** In a window of its own; else inside a message. */
  readonly inDialog?: boolean
  /** Whether accounts can be looked up while letters are typed. */
  readonly typeahead?: boolean
}

/** A form as a card. It keeps nothing here: the form itself travels with its button, to be drawn again when refused. */
export function renderForm(form: Form, state: FormState = {}): AdaptiveCard {
  const ids = form.fields.map(({ id }) => id)
  const general = Object.entries(state.errors ?? {}).filter(([field]) => !ids.includes(field))
  const card = adaptiveCard(
    [
      richText([run(form.title, CUTS.formTitle, { size: 'large', weight: 'bolder' })]),
      ...lines(form.intro ?? '').map(line => richText([run(line, CUTS.formIntro)])),
      ...general.map(([, sentence]) => drawError(sentence)),
      ...form.fields.flatMap(field => drawField(field, state)),
    ],
    [submitAction(form, state)],
  )
  if (sizeOf(card) > LIMITS.card) throw new RangeError(`The form ${form.id} is too large for Teams`)
  return card
}

function submitAction(form: Form, { origin, inDialog }: FormState): Element {
  const fields = form.fields.map(field => ('initial' in field ? { ...field, initial: undefined } : field))
  const data = { form: { ...form, fields }, ...(origin === undefined ? {} : { origin }) }
  const common = { title: words(form.submit, LIMITS.buttonLabel), style: 'positive', data }
  return inDialog ? { type: 'Action.Submit', ...common } : { type: 'Action.Execute', verb: SUBMIT, ...common }
}

function drawField(field: Field, state: FormState): readonly Element[] {
  const error = state.errors?.[field.id]
  return [
    drawInput(field, state),
    ...(field.hint !== undefined && isVisible(field.hint)
      ? [richText([run(field.hint, CUTS.hint, { size: 'small', isSubtle: true })], { spacing: 'none' })]
      : []),
    ...(error === undefined ? [] : [drawError(error)]),
  ]
}

function drawError(sentence: string): Element {
  return richText([run(`⚠ ${sentence}`, CUTS.error, { color: 'attention', weight: 'bolder' })], { spacing: 'small' })
}

function drawInput(field: Field, { values, typeahead }: FormState): Element {
  const label = words(field.label, CUTS.fieldLabel)
  const common = {
    id: field.id,
    label,
    ...(field.optional ? {} : { isRequired: true, errorMessage: `${label}: this is needed.` }),
  }
  const typed = values === undefined ? undefined : (values[field.id] ?? '')
  const before = typed === undefined || typeof typed === 'string' ? typed : typed.join(',')
  switch (field.kind) {
    case 'choice':
      return { ...choiceSet(field, before ?? field.initial), ...common }
    case 'choices':
      return { ...choiceSet(field, before), isMultiSelect: true, ...common }
    case 'account':
      return { ...accountInput(before, typeahead ?? false), ...common }
    case 'text':
      return { ...textInput(field, before ?? field.initial), ...common }
    default:
      throw new Error(`Teams has no field for ${JSON.stringify(field satisfies never)}`)
  }
}

function textInput(field: TextField, value = ''): Element {
  const most = Math.min(Math.max(field.maxLength ?? LIMITS.textInput, 1), LIMITS.textInput)
  return {
    type: 'Input.Text',
    isMultiline: field.multiline ?? false,
    maxLength: most,
    ...valued(cut(field.multiline ? clean(value) : oneLine(value), most)),
  }
}

function choiceSet({ options }: ChoiceField | ChoicesField, value = ''): Element {
  const isShort = options.length <= 10
  return {
    type: 'Input.ChoiceSet',
    style: isShort ? 'expanded' : 'compact',
    choices: options.slice(0, LIMITS.options).map(choice),
    ...valued(value),
  }
}

function choice({ value, label }: Option): Readonly<Record<string, string>> {
  return { title: words(label, CUTS.label), value }
}

function accountInput(value = '', typeahead: boolean): Element {
  if (!typeahead) return { type: 'Input.Text', placeholder: 'Its name or id', ...valued(value) }
  const choices = value === '' ? [] : [choice({ value, label: value })]
  const data = { type: 'Data.Query', dataset: 'accounts' }
  return {
    type: 'Input.ChoiceSet',
    style: 'filtered',
    placeholder: 'Type its name',
    choices,
    'choices.data': data,
    ...valued(value),
  }
}

function valued(value: string): Readonly<Record<string, string>> {
  return value === '' ? {} : { value }
}
