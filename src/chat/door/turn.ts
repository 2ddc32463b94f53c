import { saveHomeView } from '../../store/home/home-views.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { understand } from '../words/understand.ts'

/**
 * Answers the words in the button's value, for the person who pressed: another part of what the message shows takes its
 * place, anything else is an answer of its own.
 */
export const turn: ButtonHandler = async (context, { actor, value, channel, deliveryId, shows, origin }) => {
  const { command, rest } = await understand(context, value)
  const request = { actor, text: value, channel, isPrivate: true, canOpenForm: false, deliveryId }
  const reply = await command(context, request, rest)
  if (reply.kind !== 'card') return reply
  const replaces = shows !== undefined && wordOf(shows) === wordOf(value)
  const isPage = replaces && channel === '' && origin === undefined && wordOf(value) === 'home'
  if (isPage) await saveHomeView(context.connection.db, actor, context.clock(), value)
  return { ...reply, card: { ...reply.card, shows: value }, audience: 'caller', replaces }
}

function wordOf(words: string): string {
  return words.split(' ')[0] ?? ''
}
