import type { Context } from '../context.ts'
import { BotError } from '../errors.ts'
import { type Caller, identify, needRole } from '../operations/identify.ts'
import { type AlertOfAccount, claimAlert, findAlertOrNone } from '../store/alerts.ts'
import { inTransaction } from '../store/database.ts'
import { changeMessagesAbout } from '../store/outbox.ts'
import { findPersonOrNone } from '../store/people.ts'
import { noticeCard } from '../views/answer-cards.ts'
import type { Card } from '../views/card.ts'
import { withClaim } from '../views/digest-card.ts'
import { agoText } from '../views/evidence.ts'
import type { ButtonHandler } from './button-handler.ts'

/** One wins, the others are told who holds it; every message that speaks of the alert shows the holder. */
export const claim: ButtonHandler = {
  action: 'claim',
  async press(context, { actor, value: id }) {
    const caller = await identify(context, actor)
    needRole(caller, 'csm', 'claim an alert')
    const now = context.clock()
    const alert = await inTransaction(context.connection.db, async db => {
      const won = await claimAlert(db, id, caller.email ?? caller.name, now)
      const alert = await findAlertOrNone(db, id)
      if (won && alert !== undefined) {
        await changeMessagesAbout(db, id, card => withClaim(card, id, caller.name, alert.account.id))
      }
      return alert && { ...alert, won }
    })
    if (alert === undefined)
      throw new BotError('no_alert', 'This alert is not there any more.', 'See /health list at-risk.')
    if (alert.won) context.wakeSender()
    return { kind: 'card', card: await answer(context, alert, caller, now), audience: 'caller' }
  },
}

type Claimed = AlertOfAccount & { readonly won: boolean }

async function answer({ connection }: Context, alert: Claimed, caller: Caller, now: number): Promise<Card> {
  const { account, claimedBy, claimedAt = now, state, won } = alert
  if (won) {
    const show = { label: 'Show account', action: 'show', value: account.id }
    return { ...noticeCard('Claimed', `${account.name} is yours. ${alert.reason}.`), buttons: [show] }
  }
  if (claimedBy === caller.email)
    return noticeCard('Already yours', `You claimed ${account.name} ${agoText(claimedAt, now)}.`)
  if (claimedBy === undefined) return noticeCard('Resolved', `The alert for ${account.name} is ${state} already.`)
  const holder = (await findPersonOrNone(connection.db, claimedBy))?.name ?? claimedBy
  return noticeCard('Somebody was faster', `${holder} claimed ${account.name} ${agoText(claimedAt, now)}.`)
}
