import type { ButtonHandler } from './button-handler.ts'
import type { Command } from './command.ts'

/** A button that asks what could be typed: its value is what would follow the command. */
export function commandButton(command: Command, isPrivate = true): ButtonHandler {
  return (context, { actor, value, channel, canOpenForm, deliveryId }) =>
    command(context, { actor, text: value, channel, canOpenForm, deliveryId, isPrivate }, value)
}
