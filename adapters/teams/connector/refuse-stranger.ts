import { sentenceCard } from '../../cards.ts'
import { type Answer, say, write } from '../inbound/answer.ts'
import { isMentioned } from '../inbound/as-typed.ts'
import type { Desk } from '../inbound/desk.ts'
import { searchWords } from '../inbound/on-query.ts'
import { type Activity, deliveryOf, isPersonal, userOf } from './activity.ts'

/** Somebody from another company: they are told so, and nothing else; what they wanted is audited. */
export async function refuseStranger(desk: Desk, activity: Activity): Promise<Answer> {
  if (activity.type === 'message' && !isPersonal(activity) && !isMentioned(activity)) return { status: 200 }
  const knock = activity.type === 'message' ? 'ask' : KNOCKS.get(activity.name ?? '')
  if (knock !== undefined) {
    const actor = { platform: 'teams', userId: userOf(activity) }
    await desk.door.turnedAway({ actor, knock, deliveryId: deliveryOf(activity) })
  }
  switch (knock) {
    case 'ask':
      return { status: 200, afterwards: () => write(desk, activity, { kind: 'card', card: CARD, audience: 'channel' }) }
    case 'press':
      return say('card', STRANGER)
    case 'form':
    case 'shortcut':
      return say('dialog', STRANGER)
    case 'search account':
      return searchWords(STRANGER)
    default:
      return { status: 403, body: { error: STRANGER } }
  }
}

/** What somebody wants who sends this. */
const KNOCKS: ReadonlyMap<string, string> = new Map([
  ['adaptiveCard/action', 'press'],
  ['task/fetch', 'form'],
  ['task/submit', 'form'],
  ['composeExtension/submitAction', 'form'],
  ['composeExtension/fetchTask', 'shortcut'],
  ['composeExtension/query', 'search account'],
  ['application/search', 'search'],
])

const STRANGER =
  'Rounds only answers people in its own company. If that is you, ask its administrator to add your tenant.'

const CARD = sentenceCard('Rounds', STRANGER)
