import type { ButtonHandler } from './button-handler.ts'
import { understand } from './words/understand.ts'

/** Another page or part of what a private message shows, in its place: the button's value is the words that ask for it. */
export const turn: ButtonHandler = async (context, { actor, value, channel, deliveryId }) => {
  const { command, rest } = await understand(context, value)
  const request = { actor, text: value, channel, isPrivate: true, canOpenForm: false, deliveryId }
  const reply = await command(context, request, rest)
  if (reply.kind !== 'card') return reply
  return { ...reply, card: { ...reply.card, shows: value }, audience: 'caller', replaces: true }
}
