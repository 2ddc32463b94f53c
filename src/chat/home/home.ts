import type { Context } from '../../context.ts'
import { refusalCard } from '../../views/parts/refusal-card.ts'
import { noteUse } from '../../work/people/note-use.ts'
import { mine } from '../accounts/mine.ts'
import type { Command } from '../command.ts'
import { refusalAtDoor } from '../people/admit.ts'
import type { Actor, Reply } from '../port.ts'

type CardReply = Extract<Reply, { kind: 'card' }>

/** What is somebody's to do today. */
export const home: Command = mine

/** The same as their own page with the bot shows it: after a press there it is drawn again in its place. */
export async function homePage(context: Context, actor: Actor): Promise<CardReply> {
  const refusal = await refusalAtDoor(context, actor, 'home')
  if (refusal !== undefined) return { kind: 'card', card: refusalCard(refusal), audience: 'caller' }
  await noteUse(context, actor)
  const request = { actor, text: 'home', channel: '', isPrivate: true, canOpenForm: false, deliveryId: '' }
  const reply = await home(context, request, '')
  if (reply.kind !== 'card') throw new Error('the page of a person is always a card')
  return { ...reply, card: { ...reply.card, shows: 'home' } }
}
