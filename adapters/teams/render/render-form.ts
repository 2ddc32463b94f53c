import type { MessageRef, Submission } from '../../../src/chat/port.ts'
import type { ChoiceField, ChoicesField, Field, Form, LookupField, TextField } from '../../../src/views/form.ts'
import { isDay, isTime } from '../../picked.ts'
import { codeOf, codesOf } from '../inbound/read-values.ts'
import { DATASETS } from '../surface.ts'
import { CANCEL, SUBMIT } from './button.ts'
import { CUTS, LIMITS, sizeOf } from './limits.ts'
import { type AdaptiveCard, adaptiveCard } from './render-card.ts'
import {
  clean,
  cut,
  type Element,
  isUnmarked,
  isVisible,
  lines,
  oneLine,
  richText,
  run,
  unmarked,
  words,
} from './text.ts'

export type FormState = {
  /** A sentence for each wrong field. */
  readonly errors?: Readonly<Record<string, string>>
  /** What was typed before. */
  readonly values?: Submission['values']
  /** The message that the form was opened from. */
  readonly origin?: MessageRef
  /** Whether that message is there for this form alone. */
  readonly isOffer?: boolean
  /** The words that ask for the card that it was opened from. */
  readonly shows?: string
  /** In a window of its own; else inside a message. */
  readonly inDialog?: boolean
  /** Whether names can be looked up while letters are typed. */
  readonly typeahead?: boolean
}

/** How much of a long form is kept, until it fits one message. */
const MEASURES = [
  { options: LIMITS.options, label: CUTS.label, prose: CUTS.formIntro },
  { options: LIMITS.options, label: 40, prose: 200 },
  { options: LIMITS.options, label: 20, prose: 60 },
  { options: 40, label: 20, prose: 60 },
] as const

type Measure = (typeof MEASURES)[number]

/** A form as a card. Nothing of it is kept here: the form itself travels with its button, to be drawn again when refused. */
export function renderForm(form: Form, state: FormState = {}): AdaptiveCard {
  for (const measure of MEASURES) {
    const card = drawForm(bounded(form, measure), state)
    if (sizeOf(card) <= LIMITS.card) return card
  }
  throw new RangeError(`The form ${form.id} is too large for Teams`)
}

function drawForm(form: Form, state: FormState): AdaptiveCard {
  const ids = form.fields.map(({ id }) => id)
  const general = Object.entries(state.errors ?? {}).filter(([field]) => !ids.includes(field))
  return adaptiveCard(
    [
      richText([run(form.title, CUTS.formTitle, { size: 'large', weight: 'bolder' })]),
      ...lines(form.intro ?? '').map(line => richText([run(line, CUTS.formIntro)])),
      ...general.map(([, sentence]) => drawError(sentence)),
      ...form.fields.flatMap(field => drawField(field, state)),
    ],
    [submitAction(form, state), ...(state.inDialog ? [] : [cancelAction(form, state)])],
  )
}

/** The form as it is drawn and as it travels; what its fields hold at first need not come back. */
function bounded({ id, title, intro, submit, state, fields }: Form, measure: Measure): Form {
  return {
    id,
    title: words(title, CUTS.formTitle),
    ...(intro !== undefined && isVisible(intro) && { intro: cut(clean(intro).trim(), measure.prose) }),
    submit: words(submit, LIMITS.buttonLabel),
    state,
    fields: fields.map(field => boundedField(field, measure)),
  }
}

function boundedField(field: Field, measure: Measure): Field {
  const label = words(field.label, Math.min(CUTS.fieldLabel, measure.prose))
  const hints = [field.hint ?? '', leftOut(field, measure)]
    .filter(isVisible)
    .map(hint => words(hint, Math.min(CUTS.hint, measure.prose)))
  const hint = hints.length === 0 ? {} : { hint: hints.join(' ') }
  if (field.kind !== 'choice' && field.kind !== 'choices') return { ...field, label, ...hint }
  const options = field.options.slice(0, measure.options).map(option => ({
    value: option.value,
    label: words(option.label, measure.label),
  }))
  return { ...field, label, options, ...hint }
}

function leftOut(field: Field, { options }: Measure): string {
  const count = 'options' in field ? field.options.length : 0
  return count > options ? `Only the first ${options} of ${count} are shown.` : ''
}

function submitAction(form: Form, { origin, isOffer, shows, inDialog }: FormState): Element {
  const fields = form.fields.map(field => ('initial' in field ? { ...field, initial: undefined } : field))
  const data = {
    form: { ...form, fields },
    ...(origin === undefined ? {} : { origin }),
    ...(isOffer && { isOffer }),
    ...(shows !== undefined && { shows }),
  }
  const common = { title: form.submit, style: 'positive', data }
  return inDialog ? { type: 'Action.Submit', ...common } : { type: 'Action.Execute', verb: SUBMIT, ...common }
}

/** A dialog can be closed; a form inside a card needs a way out. */
function cancelAction({ title }: Form, { origin, shows }: FormState): Element {
  const data = { title, ...(shows !== undefined && { shows }), ...(origin === undefined && { isOwn: true }) }
  // what was typed is not asked for
  return { type: 'Action.Execute', verb: CANCEL, title: 'Cancel', data, associatedInputs: 'none' }
}

function drawField(field: Field, state: FormState): readonly Element[] {
  const error = state.errors?.[field.id]
  return [
    drawInput(field, state),
    ...(field.hint === undefined
      ? []
      : [
          richText([run(field.hint, Number.POSITIVE_INFINITY, { size: 'small', isSubtle: true })], {
            spacing: 'small',
          }),
        ]),
    ...(error === undefined ? [] : [drawError(error)]),
  ]
}

function drawError(sentence: string): Element {
  const style = { color: 'attention', weight: 'bolder' } as const
  return richText([run(`⚠ ${isVisible(sentence) ? sentence : 'Not accepted.'}`, CUTS.error, style)], {
    spacing: 'small',
  })
}

function drawInput(field: Field, { values, typeahead = false }: FormState): Element {
  if ('options' in field && field.options.length === 0) {
    return richText([run(`${field.label}: there is nothing to choose from.`, CUTS.hint)])
  }
  const named = { id: field.id, label: field.label }
  const needed = field.optional ? {} : { isRequired: true, errorMessage: 'This is required.' }
  // what was typed before, also when that was nothing; else what it begins with
  const held = values === undefined ? initialOf(field) : [values[field.id] ?? []].flat()
  return { ...inputOf(field, held, typeahead), ...named, ...needed }
}

function initialOf(field: Field): readonly string[] {
  if (!('initial' in field) || field.initial === undefined) return []
  const { initial } = field
  return typeof initial === 'string' ? [initial] : 'value' in initial ? [initial.value] : initial
}

function inputOf(field: Field, held: readonly string[], typeahead: boolean): Element {
  const [first = ''] = held
  switch (field.kind) {
    case 'choice':
      return { ...choiceInput(field), ...valued(first) }
    case 'choices':
      return { ...choicesInput(field), ...valued(codesOf(field, held)) }
    case 'date':
      return { type: 'Input.Date', ...valued(isDay(first) ? first : '') }
    case 'time':
      return { type: 'Input.Time', ...valued(isTime(first) ? first : '') }
    case 'account':
    case 'person':
    case 'channel':
      return lookupInput(field, first, typeahead)
    case 'text':
      return textInput(field, first)
    default:
      throw new Error(`Teams has no field for ${JSON.stringify(field satisfies never)}`)
  }
}

function textInput({ maxLength, multiline }: TextField, value: string): Element {
  const most = Math.min(Math.max(maxLength ?? LIMITS.textInput, 1), LIMITS.textInput)
  return {
    type: 'Input.Text',
    ...(multiline && { isMultiline: true }),
    maxLength: most,
    ...valued(cut(multiline ? clean(value) : oneLine(value), most)),
  }
}

const FEW = 10

/** A few at sight, if their labels mean nothing in markdown, which they are then drawn as; many to be searched. */
function choiceInput({ options }: ChoiceField): Element {
  const choices = options.map(({ value, label }) => ({ title: label, value }))
  if (options.length > FEW) return { type: 'Input.ChoiceSet', style: 'filtered', placeholder: 'Choose one', choices }
  if (!options.every(({ label }) => isUnmarked(label))) {
    return { type: 'Input.ChoiceSet', placeholder: 'Choose one', choices }
  }
  return { type: 'Input.ChoiceSet', style: 'expanded', wrap: true, choices }
}

/** Always boxes, whose labels are drawn as markdown. */
function choicesInput(field: ChoicesField): Element {
  const choices = field.options.map(({ label }, place) => ({ title: unmarked(label), value: codeOf(field, place) }))
  return { type: 'Input.ChoiceSet', isMultiSelect: true, wrap: true, choices }
}

/** Where nothing can be looked up. */
const WRITTEN = {
  account: 'Its name or id',
  person: 'A name or an e-mail address',
  channel: 'The id of the channel',
} as const

function lookupInput({ kind }: LookupField, value: string, typeahead: boolean): Element {
  if (!typeahead) return { type: 'Input.Text', placeholder: WRITTEN[kind], ...valued(value) }
  return {
    type: 'Input.ChoiceSet',
    style: 'filtered',
    placeholder: 'Type a name',
    choices: value === '' ? [] : [{ title: words(value, CUTS.label), value }],
    'choices.data': { type: 'Data.Query', dataset: DATASETS[kind] },
    ...valued(value),
  }
}

function valued(value: string): Readonly<Record<string, string>> {
  return value === '' ? {} : { value }
}
