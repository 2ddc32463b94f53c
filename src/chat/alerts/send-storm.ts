import { BotError } from '../../errors.ts'
import { readDestination } from '../../model/schema/destination.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { sendStorm as announceStorm } from '../../work/alerts/announce-storm.ts'
import { whoIs } from '../../work/alerts/change-alert.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Posts the alerts of a storm one by one after all, where the summary was posted. */
export const sendStorm: ButtonHandler = async (context, { actor, value }) => {
  const caller = await identify(context, actor)
  const [at = '', place = ''] = value.split(' ')
  if (!Number.isInteger(Number(at)) || place === '')
    throw new BotError('no_storm', 'This summary is no longer available.')
  await allow(context, caller, 'storm.send', value)
  const sent = await announceStorm(context, Number(at), readDestination(place))
  if (sent > 0) {
    const isNow = `${sent} alerts`
    const entry = { at: context.clock(), who: whoIs(caller), act: 'storm.send', subject: value, isNow }
    await recordAudit(context.connection.db, entry)
    context.wakeSender()
  }
  const sentence = sent === 0 ? 'They have all been sent already.' : `${sent} alerts follow, about one per second.`
  return { kind: 'card', card: noticeCard('Send them all', sentence), audience: 'caller' }
}
