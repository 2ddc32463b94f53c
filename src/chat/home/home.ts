import type { Context } from '../../context.ts'
import { viewIn } from '../../domain/home/section.ts'
import { saveHomeView } from '../../store/home/home-views.ts'
import { homeCard } from '../../views/home/home-page.ts'
import { refusalCard } from '../../views/parts/refusal-card.ts'
import { homeOf } from '../../work/home/home-of.ts'
import { identify } from '../../work/people/identify.ts'
import { noteUse } from '../../work/people/note-use.ts'
import type { Command } from '../command.ts'
import { refusalAtDoor } from '../people/admit.ts'
import type { Actor, Reply } from '../port.ts'
import { namingRest } from '../words/naming-rest.ts'

type CardReply = Extract<Reply, { kind: 'card' }>

/** What somebody has to do today; words name a section and a page of it. */
export const home: Command = async (context, { actor }, rest) => {
  const caller = await identify(context, actor)
  const view = viewIn(rest)
  const page = await homeOf(context, caller, context.clock())
  const card = homeCard(context.settings.model, page, view ?? { page: 0 })
  return namingRest({ kind: 'card', card, audience: 'caller' }, view === undefined ? rest : '')
}

/** The same for the person's own page with the bot, which is redrawn after each press there. */
export async function homePage(context: Context, actor: Actor): Promise<CardReply> {
  const refusal = await refusalAtDoor(context, actor, 'home')
  if (refusal !== undefined) return { kind: 'card', card: refusalCard(refusal), audience: 'caller' }
  await noteUse(context, actor)
  await saveHomeView(context.connection.db, actor, context.clock())
  const request = { actor, text: 'home', channel: '', isPrivate: true, canOpenForm: false, deliveryId: '' }
  const reply = await home(context, request, '')
  if (reply.kind !== 'card') throw new Error('the page of a person is always a card')
  return reply
}
