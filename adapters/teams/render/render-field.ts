import type { Submission } from '../../../src/chat/port.ts'
import type { ChoiceField, ChoicesField, Field, LookupField, TextField } from '../../../src/views/form.ts'
import { isDay, isTime } from '../../picked.ts'
import { codeOf, codesOf } from '../inbound/read-values.ts'
import { DATASETS } from '../surface.ts'
import { CUTS, LIMITS } from './limits.ts'
import { clean, cut, type Element, isUnmarked, isVisible, oneLine, richText, run, unmarked, words } from './text.ts'

export type FieldState = {
  /** A sentence for each wrong field. */
  readonly errors?: Readonly<Record<string, string>>
  /** What was typed before. */
  readonly values?: Submission['values']
  /** Whether names can be looked up while somebody types. */
  readonly typeahead?: boolean
}

/** An input with its hint, and the sentence about what is wrong with it. */
export function drawField(field: Field, state: FieldState): readonly Element[] {
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

export function drawError(sentence: string): Element {
  const style = { color: 'attention', weight: 'bolder' } as const
  return richText([run(`⚠ ${isVisible(sentence) ? sentence : 'Not accepted.'}`, CUTS.error, style)], {
    spacing: 'small',
  })
}

function drawInput(field: Field, { values, typeahead = false }: FieldState): Element {
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
