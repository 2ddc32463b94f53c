import { checkChart, checkDataTogether, checkTable } from './validate-data.ts'
import { checkElement } from './validate-elements.ts'
import {
  checkKeys,
  checkOptional,
  checkPlain,
  checkString,
  checkText,
  duplicates,
  isThing,
  listOf,
  type Thing,
} from './validate-objects.ts'

export type Surface = 'message' | 'modal' | 'home'

const INPUTS = [
  'plain_text_input',
  'external_select',
  'static_select',
  'multi_static_select',
  'radio_buttons',
  'checkboxes',
  'datepicker',
  'timepicker',
  'conversations_select',
]
const ACTIONS = ['button', 'static_select', 'multi_static_select', 'radio_buttons', 'checkboxes', 'overflow']

/** Slack's complaints about blocks, in its manner; empty when it would take them. Stricter than Slack where in doubt. */
export function checkBlocks(blocks: unknown, surface: Surface): string[] {
  if (!Array.isArray(blocks)) return ['blocks: must be an array']
  const most = surface === 'message' ? 50 : 100
  const elements = blocks.flatMap(elementsOf)
  return [
    ...(blocks.length > most ? [`blocks: no more than ${most} items allowed`] : []),
    ...blocks.flatMap((block, n) => checkBlock(`/blocks/${n}`, block, surface)),
    ...checkDataTogether(blocks),
    ...duplicates(
      'block_id',
      blocks.map(block => (isThing(block) ? block.block_id : undefined)),
    ),
    // inputs are told apart by their block, everything else by its action
    ...duplicates(
      'action_id',
      elements.map(element => (isThing(element) ? element.action_id : undefined)),
    ),
  ]
}

export function checkView(view: unknown): string[] {
  if (!isThing(view)) return ['view: must be an object']
  const blocks = listOf(view.blocks)
  const hasInput = blocks.some(block => isThing(block) && block.type === 'input')
  return [
    ...checkKeys(
      'view',
      view,
      'title blocks close submit private_metadata callback_id clear_on_close notify_on_close external_id',
    ),
    ...(view.type === 'modal' ? [] : ['view/type: must be modal']),
    ...checkPlain('view/title', view.title, 24),
    ...(view.submit === undefined ? [] : checkPlain('view/submit', view.submit, 24)),
    ...(view.close === undefined ? [] : checkPlain('view/close', view.close, 24)),
    ...(hasInput && view.submit === undefined ? ['view/submit: is required when there is an input'] : []),
    ...(String(view.private_metadata ?? '').length > 3_000 ? ['view/private_metadata: is too long'] : []),
    ...checkOptional('view/callback_id', view.callback_id, 255),
    ...(blocks.length === 0 ? ['view/blocks: must not be empty'] : []),
    ...checkBlocks(view.blocks, 'modal'),
  ]
}

/** What Slack refuses of an App Home. */
export function checkHome(view: unknown): string[] {
  if (!isThing(view)) return ['view: must be an object']
  return [
    ...checkKeys('view', view, 'blocks private_metadata callback_id external_id'),
    ...(view.type === 'home' ? [] : ['view/type: must be home']),
    ...(listOf(view.blocks).length === 0 ? ['view/blocks: must not be empty'] : []),
    ...checkBlocks(view.blocks, 'home'),
  ]
}

function checkBlock(at: string, block: unknown, surface: Surface): string[] {
  if (!isThing(block)) return [`${at}: must be a block`]
  return [...checkOptional(`${at}/block_id`, block.block_id, 255), ...checkByType(at, block, surface)]
}

function checkByType(at: string, block: Thing, surface: Surface): string[] {
  switch (block.type) {
    case 'header':
      return [...checkKeys(at, block, 'block_id text level'), ...checkPlain(`${at}/text`, block.text, 150)]
    case 'section':
      return [...checkKeys(at, block, 'block_id text fields accessory expand'), ...checkSection(at, block)]
    case 'context':
      return [
        ...checkKeys(at, block, 'block_id elements'),
        ...checkCount(at, block.elements, 10),
        ...listOf(block.elements).flatMap((text, n) => checkText(`${at}/elements/${n}`, text, 2_000)),
      ]
    case 'actions':
      return [
        ...checkKeys(at, block, 'block_id elements'),
        ...checkCount(at, block.elements, 25),
        ...listOf(block.elements).flatMap((element, n) => checkElement(`${at}/elements/${n}`, element, ACTIONS)),
      ]
    case 'divider':
      return checkKeys(at, block, 'block_id')
    case 'input':
      if (surface !== 'modal') return [`${at}: input is for modals here`]
      return [...checkKeys(at, block, 'block_id label element hint optional dispatch_action'), ...checkInput(at, block)]
    case 'image':
      return [
        ...checkString(`${at}/image_url`, block.image_url, 3_000),
        ...checkString(`${at}/alt_text`, block.alt_text, 2_000),
      ]
    case 'data_table':
      return surface === 'message' ? checkTable(at, block) : [`${at}: data_table is for messages`]
    case 'data_visualization':
      return surface === 'message' ? checkChart(at, block) : [`${at}: data_visualization is for messages`]
    default:
      return [`${at}: unsupported type: ${block.type}`]
  }
}

function checkSection(at: string, block: Thing): string[] {
  const fields = listOf(block.fields)
  return [
    ...(block.text === undefined && fields.length === 0 ? [`${at}: needs text or fields`] : []),
    ...(block.text === undefined ? [] : checkText(`${at}/text`, block.text, 3_000)),
    ...(block.fields === undefined ? [] : checkCount(at, block.fields, 10)),
    ...fields.flatMap((field, n) => checkText(`${at}/fields/${n}`, field, 2_000)),
    ...(block.accessory === undefined ? [] : checkElement(`${at}/accessory`, block.accessory, ACTIONS)),
  ]
}

function checkInput(at: string, block: Thing): string[] {
  return [
    ...checkPlain(`${at}/label`, block.label, 2_000),
    ...(block.hint === undefined ? [] : checkPlain(`${at}/hint`, block.hint, 2_000)),
    ...checkElement(`${at}/element`, block.element, INPUTS),
  ]
}

function checkCount(at: string, items: unknown, max: number): string[] {
  const count = listOf(items).length
  return count >= 1 && count <= max ? [] : [`${at}: must have between 1 and ${max} elements, has ${count}`]
}

function elementsOf(block: unknown): readonly unknown[] {
  if (!isThing(block) || block.type === 'context') return []
  return [...listOf(block.elements), ...(block.accessory === undefined ? [] : [block.accessory])]
}
