import type { types } from '@slack/bolt'
import type { Button } from '../../../src/views/card.ts'
import { LIMITS } from './limits.ts'
import { plain } from './text.ts'

/** Numbers the buttons of one message: Slack wants each `action_id` once. */
export type ButtonNumbers = () => number

export function buttonNumbers(): ButtonNumbers {
  let last = 0
  return () => ++last
}

/** Nothing for a button that Slack would refuse: a value that was cut would mean something else. */
export function renderButton(button: Button, next: ButtonNumbers): types.Button | undefined {
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

/** The name of the button that was pressed: the `action_id` without its number. */
export function actionOf(actionId: string): string {
  return actionId.replace(/:\d+$/, '')
}
