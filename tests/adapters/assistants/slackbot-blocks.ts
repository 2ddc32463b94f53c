type Text = { readonly type?: string; readonly text: string }

export type Element = {
  readonly type: string
  readonly action_id?: string
  readonly value?: string
  readonly text?: Text
}

export type Block = {
  readonly type: string
  readonly elements?: readonly Element[]
  readonly accessory?: Element
  readonly child_blocks?: readonly Block[]
}

const ALLOWED = new Set(
  [
    'context divider header markdown rich_text section file image video actions carousel input',
    'data_table data_visualization table card container',
  ].flatMap(words => words.split(' ')),
)

const TOUCHED = new Set(['button', 'static_select', 'radio_buttons', 'overflow', 'external_select'])

/** The blocks that Slack shows; throws where it drops all of them, or where one of them would do nothing. */
export function blocksShown(blocks: readonly Block[]): readonly Block[] {
  if (blocks.length > 50) throw new Error(`${blocks.length} blocks; Slack takes 50`)
  if (depthOf(blocks) > 20) throw new Error('nested too deeply')
  const address = /"(?:url|image_url|link)":"(?!https:)([^"]*)"/.exec(JSON.stringify(blocks))
  if (address !== null) throw new Error(`an address that is not https: ${address[0]}`)
  for (const block of blocks) look(block)
  return blocks
}

/** All that can be pressed. */
export function elementsOf(blocks: readonly Block[]): readonly Element[] {
  return blocks.flatMap(({ elements = [], accessory, child_blocks: inner = [] }) => [
    ...(accessory === undefined ? [] : [accessory]),
    ...elements.filter(({ type }) => TOUCHED.has(type)),
    ...elementsOf(inner),
  ])
}

function look(block: Block): void {
  if (!ALLOWED.has(block.type)) throw new Error(`Slack drops all blocks for one of the kind ${block.type}`)
  for (const inner of block.child_blocks ?? []) look(inner)
  const touched = elementsOf([block])
  const ids = touched.map(({ action_id: id }) => id)
  if (new Set(ids).size < ids.length) throw new Error(`an id stands twice in one block: ${ids}`)
  if (block.type === 'actions' && ids.length === 0) throw new Error('a row without buttons')
  for (const { action_id: id = '', value = '', text } of touched) {
    if (!/^tool:[a-z_]+$/.test(id)) throw new Error(`${id} is stripped: nothing would happen`)
    if (value.length > 2_000 || !isObject(value)) throw new Error(`${id} would come without arguments: ${value}`)
    if (text === undefined || text.text === '' || text.text.length > 75) throw new Error(`${id} has no fitting label`)
  }
}

function isObject(value: string): boolean {
  try {
    return Object.getPrototypeOf(JSON.parse(value)) === Object.prototype
  } catch {
    return false
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
