import type { types } from '@slack/bolt'
import type { Button } from '../../../src/views/card.ts'
import { LIMITS } from './limits.ts'
import { plain } from './text.ts'

/** Where blocks stand: App Home and windows take neither tables nor charts. */
export type Place = 'message' | 'home' | 'modal'

/** What is kept while the blocks of one place are drawn. */
export type Drawing = {
  readonly place: Place
  /** Numbers what can be touched: Slack wants each `action_id` and each `block_id` once. */
  next(): number
  /** Whether one more chart can be drawn. */
  takesChart(): boolean
  /** The words that ask for the card: they travel in the block's id. */
  readonly shows?: string
}

export function newDrawing(place: Place, shows?: string): Drawing {
  let last = 0
  let charts = place === 'message' ? LIMITS.charts : 0
  return { place, next: () => ++last, takesChart: () => charts-- > 0, ...(shows !== undefined && { shows }) }
}

/** The id of a block that holds buttons; nothing where the words would have to be cut. */
export function blockId({ next, shows }: Drawing): { readonly block_id?: string } {
  if (shows === undefined) return {}
  const id = `${next()}:${shows}`
  return id.length > LIMITS.id ? {} : { block_id: id }
}

/** The words that ask for the card that a pressed button stands on. */
export function showsOf(blockId: string | undefined): string | undefined {
  return /^\d+:(.+)$/s.exec(blockId ?? '')?.[1]
}

/** Nothing for a button that Slack would refuse: a truncated value would mean something else. */
export function renderButton(button: Button, { next }: Drawing): types.Button | undefined {
  const id = `${button.action}:${next()}`
  if (id.length > LIMITS.id || button.value.length > LIMITS.buttonValue) return undefined
  return {
    type: 'button',
    text: plain(button.label.replace(/\s+/g, ' '), LIMITS.buttonLabel),
    action_id: id,
    ...(button.value === '' ? {} : { value: button.value }),
    ...(button.style === undefined ? {} : { style: button.style }),
  }
}

/** What is behind a menu: the action stands in the option's value, before the button's own. */
export function renderMenu(
  menu: readonly Button[],
  { next }: Drawing,
): types.Overflow | types.StaticSelect | undefined {
  const options = menu
    .map(({ label, action, value }) => ({ label, value: `${action} ${value}` }))
    .filter(({ value }, n, all) => all.findIndex(each => each.value === value) === n)
    .filter(({ value }) => value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.selectOptions)
    .map(({ label, value }) => ({ text: plain(label.replace(/\s+/g, ' '), LIMITS.option), value }))
  if (options.length === 0) return undefined
  const common = { action_id: `menu:${next()}`, options }
  return options.length <= LIMITS.overflow
    ? { type: 'overflow', ...common }
    : { type: 'static_select', ...common, placeholder: plain('More', LIMITS.placeholder) }
}

/** What was chosen from a menu. */
export function chosenFrom(value: string): { readonly action: string; readonly value: string } {
  const blank = value.indexOf(' ')
  return { action: value.slice(0, blank), value: value.slice(blank + 1) }
}

/** The name of the button that was pressed: the `action_id` without its number. */
export function actionOf(actionId: string): string {
  return actionId.replace(/:\d+$/, '')
}
