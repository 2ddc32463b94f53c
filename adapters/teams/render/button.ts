import * as z from 'zod'
import type { Button } from '../../../src/views/card.ts'
import { LIMITS, sizeOf } from './limits.ts'
import { type Element, words } from './text.ts'

/** Whether forms open in a dialog; else they are drawn where the button was. */
export type ButtonStyle = {
  readonly dialogs: boolean
  /** The words that ask for the card. */
  readonly shows?: string | undefined
}

/** What a form's own buttons are called; no button of the core has these names. */
export const SUBMIT = 'submit'
export const CANCEL = 'cancel'

const STYLES = { primary: 'positive', danger: 'destructive' } as const

/**
 * The actions of a button. One that opens a form has two where there are dialogs: some clients have none, so behind the
 * three dots the same form is offered inside the card. None for a value that would have to be cut: it would mean
 * something else.
 */
export function renderButton(button: Button, { dialogs, shows }: ButtonStyle): readonly Element[] {
  const { label, action, value, style, isOffer } = button
  if (sizeOf(value) > LIMITS.buttonValue) return []
  const title = words(label, LIMITS.buttonLabel)
  const offer = { ...(isOffer && { isOffer }), ...(shows !== undefined && { shows }) }
  const execute = { type: 'Action.Execute', title, verb: action, data: { value, ...offer } }
  const styled = style === undefined ? {} : { style: STYLES[style] }
  if (!dialogs || button.opensForm !== true) return [{ ...execute, ...styled }]
  const open = {
    type: 'Action.Submit',
    title,
    data: { msteams: { type: 'task/fetch' }, action, value, ...offer },
    ...styled,
  }
  return [open, { ...execute, title: `${title} (in this card)`, mode: 'secondary' }]
}

/** As many from the first on as there is room for. */
export function within(buttons: readonly (readonly Element[])[], room: number): readonly (readonly Element[])[] {
  const used = buttons.map((_, n) => sizeOf(buttons.slice(0, n + 1)))
  return buttons.filter((_, n) => (used[n] ?? 0) <= room)
}

/** Rows of buttons. */
export function actionSets(actions: readonly Element[]): readonly Element[] {
  if (actions.length === 0) return []
  const set = { type: 'ActionSet', actions: actions.slice(0, LIMITS.actions) }
  return [set, ...actionSets(actions.slice(LIMITS.actions))]
}

const executeData = z.object({
  value: z.string(),
  isOffer: z.boolean().exactOptional(),
  shows: z.string().exactOptional(),
})
const dialogData = executeData.extend({ action: z.string() })

export type Pressed = {
  readonly action: string
  readonly value: string
  readonly isOffer?: boolean
  readonly shows?: string
}

/** Which button was pressed, from an Execute's verb and data or from a dialog's data alone. */
export function actionOf(pressed: { readonly verb?: unknown; readonly data?: unknown }): Pressed | undefined {
  if (typeof pressed.verb === 'string') {
    const data = executeData.safeParse(pressed.data)
    return { action: pressed.verb, value: '', ...data.data }
  }
  const dialog = dialogData.safeParse(pressed.data)
  return dialog.success ? dialog.data : undefined
}
