import { decoded } from './reading.ts'
import { checkView } from './validate-blocks.ts'
import { checkOptions, isThing, listOf, type Thing } from './validate-objects.ts'
import { type Message, type Modal, showView } from './workspace.ts'

export type Wanted = string | { readonly label?: string; readonly action?: string; readonly value?: string }

/** The button or menu entry that a person means: by its label, action or value. Throws with what there is instead. */
export function findButton(blocks: readonly Thing[], wanted: Wanted): Thing {
  const buttons = blocks.flatMap(block => [...listOf(block.elements), block.accessory]).filter(isThing)
  const found = buttons.find(button => matches(button, wanted))
  if (found !== undefined) return { block_id: blocks.find(block => holds(block, found))?.block_id ?? 'b1', ...found }
  for (const menu of buttons) {
    const option = listOf(menu.options)
      .filter(isThing)
      .find(option => matches(entryOf(option), wanted))
    if (option !== undefined) {
      const block_id = blocks.find(block => holds(block, menu))?.block_id ?? 'b1'
      return { block_id, type: menu.type, action_id: menu.action_id, selected_option: option }
    }
  }
  const there = buttons.map(button => `${labelOf(button)} (${button.action_id}, ${button.value})`).join('; ')
  throw new Error(`There is no button ${JSON.stringify(wanted)}, only: ${there || 'none'}`)
}

/** What a submission carries for each input, from what a person typed or chose. */
export function stateOf(modal: Modal, values: Readonly<Record<string, string | readonly string[]>>): Thing {
  const inputs = listOf(modal.view.blocks)
    .filter(isThing)
    .filter(block => block.type === 'input')
  const known = inputs.map(input => String(input.block_id))
  const unknown = Object.keys(values).filter(id => !known.includes(id))
  if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}, only ${known.join(', ')}`)
  return Object.fromEntries(
    inputs.map(input => [input.block_id, stateOfInput(modal, input, values[String(input.block_id)])]),
  )
}

/** What Slack does with the answer to a submission: errors stay, an update takes the form's place, nothing closes it. */
export function applySubmissionAnswer(modal: Modal, body: unknown): void {
  if (!isThing(body) || body.response_action === undefined || body.response_action === 'clear') {
    modal.isOpen = false
  } else if (body.response_action === 'errors' && isThing(body.errors)) {
    modal.errors = Object.fromEntries(Object.entries(body.errors).map(([id, sentence]) => [id, String(sentence)]))
    const fields = listOf(modal.view.blocks)
      .filter(isThing)
      .map(block => block.block_id)
    const stray = Object.keys(body.errors).filter(id => !fields.includes(id))
    if (stray.length > 0) throw new Error(`Slack shows no error for ${stray.join(', ')}: the form has no such field`)
  } else if (isThing(body.view)) {
    const complaints = checkView(body.view)
    if (complaints.length > 0) throw new Error(`Slack refused the view: ${complaints.join('; ')}`)
    showView(modal, body.view)
  }
}

export function isModal(place: Message | Modal): place is Modal {
  return 'view' in place
}

function stateOfInput(modal: Modal, input: Thing, value: string | readonly string[] | undefined): Thing {
  const element = isThing(input.element) ? input.element : {}
  const chosen = [value ?? initialOf(element) ?? []].flat()
  if (chosen.length === 0 && input.optional !== true) throw new Error(`Slack wants a value for ${input.block_id}`)
  return {
    [String(element.action_id)]: {
      type: element.type,
      ...elementState(element, chosen, modal.offered.get(String(input.block_id))),
    },
  }
}

function elementState(element: Thing, chosen: readonly string[], offered: readonly Thing[] = []): Thing {
  if (element.type === 'datepicker') return { selected_date: chosen[0] ?? null }
  if (element.type === 'timepicker') return { selected_time: chosen[0] ?? null }
  if (element.type === 'conversations_select') return { selected_conversation: chosen[0] ?? null }
  if (element.type === 'plain_text_input') {
    const text = chosen[0] ?? null
    if (String(text ?? '').length > Number(element.max_length ?? 3_000))
      throw new Error('The text is too long for its field')
    return { value: text }
  }
  const options = element.type === 'external_select' ? offered : listOf(element.options).filter(isThing)
  const picked = chosen.map(value => {
    const option = options.find(candidate => candidate.value === value)
    if (option === undefined)
      throw new Error(`There is no option ${value}, only ${options.map(({ value }) => value).join(', ')}`)
    return option
  })
  const most = Number(element.max_selected_items ?? picked.length)
  if (picked.length > most) throw new Error(`Slack lets you choose ${most} at most`)
  const isMany = element.type === 'multi_static_select' || element.type === 'checkboxes'
  return isMany ? { selected_options: picked } : { selected_option: picked[0] ?? null }
}

/** The typeahead field of that name; throws with what there is instead, and when Slack would not ask yet. */
export function findTypeahead(modal: Modal, field: string, typed: string): Thing {
  const inputs = listOf(modal.view.blocks)
    .filter(isThing)
    .filter(block => block.type === 'input')
  const input = inputs.find(({ block_id: id }) => id === field)
  if (input === undefined || !isThing(input.element) || input.element.type !== 'external_select')
    throw new Error(`There is no typeahead ${field}, only ${inputs.map(({ block_id: id }) => id).join(', ')}`)
  const least = Number(input.element.min_query_length ?? 3)
  if (typed.length < least) throw new Error(`Slack asks only from ${least} letters on`)
  return input
}

/** What Slack takes for an answer to a typeahead: options or nothing else, in time. */
export function offeredOptions({ status, body }: { status: number; body: unknown }): readonly Thing[] {
  if (status !== 200 || !isThing(body) || !Array.isArray(body.options))
    throw new Error(`Slack wants options, not ${status} ${JSON.stringify(body)}`)
  const options = body.options.filter(isThing)
  const complaints = options.length === 0 ? [] : checkOptions('/options', options, 100)
  if (complaints.length > 0) throw new Error(`Slack refused the options: ${complaints.join('; ')}`)
  return options
}

function initialOf(element: Thing): string | readonly string[] | undefined {
  if (Array.isArray(element.initial_options)) {
    return element.initial_options.filter(isThing).map(({ value }) => String(value))
  }
  if (isThing(element.initial_option)) return String(element.initial_option.value)
  const picked = element.initial_date ?? element.initial_time ?? element.initial_conversation
  if (typeof picked === 'string') return picked
  return typeof element.initial_value === 'string' && element.initial_value !== '' ? element.initial_value : undefined
}

function matches(button: Thing, wanted: Wanted): boolean {
  const action = String(button.action_id).replace(/:\d+$/, '')
  if (typeof wanted === 'string') return labelOf(button) === wanted || action === wanted
  return (
    (wanted.label ?? labelOf(button)) === labelOf(button) &&
    (wanted.action ?? action) === action &&
    (wanted.value ?? button.value) === button.value
  )
}

/** An entry of a menu as the button that it stands for: its value is the action and then the button's own. */
function entryOf({ text, value }: Thing): Thing {
  const [action = '', ...rest] = String(value).split(' ')
  return { text, action_id: action, value: rest.join(' ') }
}

function labelOf(button: Thing): string {
  return isThing(button.text) ? decoded(String(button.text.text)) : ''
}

function holds(block: Thing, button: Thing): boolean {
  return block.accessory === button || listOf(block.elements).includes(button)
}
