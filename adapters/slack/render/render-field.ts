import type { types } from '@slack/bolt'
import type { ChoiceField, ChoicesField, Field, Option, TextField } from '../../../src/views/form.ts'
import { isDay, isTime } from '../../picked.ts'
import { LIMITS } from './limits.ts'
import { clean, cut, isVisible, oneLine, plain } from './text.ts'

/** A field as an input with its hint. */
export function renderField(field: Field): types.KnownBlock {
  const element = renderElement(field)
  if (element === undefined) {
    return { type: 'section', text: plain(`${field.label}: there is nothing to choose from.`, LIMITS.section) }
  }
  return {
    type: 'input',
    block_id: field.id,
    label: plain(oneLine(field.label), LIMITS.label),
    element,
    optional: field.optional ?? false,
    ...(field.hint !== undefined && isVisible(field.hint) ? { hint: plain(field.hint, LIMITS.label) } : {}),
  }
}

type Element = types.InputBlock['element']

/** Nothing for a choice without options, which Slack refuses. */
function renderElement(field: Field): Element | undefined {
  switch (field.kind) {
    case 'choice':
      return field.options.some(isTaken) ? renderChoice(field) : undefined
    case 'choices':
      return field.options.some(isTaken) ? renderChoices(field) : undefined
    case 'date':
      return { type: 'datepicker', action_id: field.id, ...(isDay(field.initial) && { initial_date: field.initial }) }
    case 'time':
      return { type: 'timepicker', action_id: field.id, ...(isTime(field.initial) && { initial_time: field.initial }) }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id: field.id,
        filter: { include: ['public', 'private'], exclude_bot_users: true, exclude_external_shared_channels: true },
        placeholder: plain('Choose a channel', LIMITS.placeholder),
        ...(isConversation(field.initial) && { initial_conversation: field.initial.value }),
      }
    case 'account':
    case 'person':
      return {
        type: 'external_select',
        // what is looked up: the letters come back with it, the field's own id with the block
        action_id: field.kind,
        min_query_length: 1,
        placeholder: plain('Type a name', LIMITS.placeholder),
        ...(field.initial && isTaken(field.initial) && { initial_option: renderOption(field.initial) }),
      }
    case 'text': {
      const most = Math.min(Math.max(field.maxLength ?? LIMITS.textInput, 1), LIMITS.textInput)
      return {
        type: 'plain_text_input',
        action_id: field.id,
        multiline: field.multiline ?? false,
        max_length: most,
        ...(field.initial !== undefined && isVisible(field.initial) ? { initial_value: initialText(field, most) } : {}),
      }
    }
    default:
      throw new Error(`Slack has no field for ${JSON.stringify(field satisfies never)}`)
  }
}

function isConversation(option: Option | undefined): option is Option {
  return option !== undefined && /^[CDG][A-Z0-9]+$/.test(option.value)
}

function initialText(field: TextField, most: number): string {
  const text = field.multiline ? clean(field.initial ?? '') : oneLine(field.initial ?? '')
  return cut(text, most)
}

function renderChoice(field: ChoiceField): Element {
  const options = field.options.filter(isTaken).slice(0, LIMITS.selectOptions).map(renderOption)
  const initial = options.find(option => option.value === field.initial)
  const common = { action_id: field.id, options, ...(initial ? { initial_option: initial } : {}) }
  return options.length <= LIMITS.radioOptions
    ? { type: 'radio_buttons', ...common }
    : { type: 'static_select', ...common, placeholder: plain('Choose one', LIMITS.placeholder) }
}

/** Boxes cannot enforce a most, so a bounded choice is a menu, which can. */
function renderChoices(field: ChoicesField): Element {
  const options = field.options.filter(isTaken).slice(0, LIMITS.selectOptions).map(renderOption)
  const chosen = options.filter(({ value }) => field.initial?.includes(value ?? ''))
  const initial = chosen.length === 0 ? {} : { initial_options: chosen }
  if (field.max === undefined && options.length <= LIMITS.radioOptions) {
    return { type: 'checkboxes', action_id: field.id, options, ...initial }
  }
  return {
    type: 'multi_static_select',
    action_id: field.id,
    options,
    ...initial,
    placeholder: plain('Choose', LIMITS.placeholder),
    ...(field.max === undefined ? {} : { max_selected_items: Math.max(1, field.max) }),
  }
}

/** Slack refuses the whole form for one value that is too long. */
export function isTaken({ value }: Option): boolean {
  return value.length > 0 && value.length <= LIMITS.optionValue
}

export function renderOption(option: Option): types.PlainTextOption {
  return { text: plain(oneLine(option.label), LIMITS.option), value: option.value }
}
