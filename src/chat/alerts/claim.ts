import type { Context } from '../../context.ts'
import { claimAlert } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard, joinedText } from '../../views/alerts/alert-answer.ts'
import { alertReasonText } from '../../views/alerts/alert-reason.ts'
import type { Card } from '../../views/card.ts'
import { type Changed, changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

export const claim: ButtonHandler = async (context, { actor, value: id }) => {
  const { card } = await claimAs(context, await identify(context, actor), id)
  return { kind: 'card', card, audience: 'caller', isResult: true }
}

/** One person wins, the others learn who holds it; every message about the alert shows the holder. */
export async function claimAs(
  context: Context,
  caller: Caller,
  id: string,
): Promise<Changed & { readonly card: Card }> {
  const now = context.clock()
  const changed = await changeAlert(context, caller, {
    act: 'alert.claim',
    id,
    write: db => claimAlert(db, id, whoIs(caller), now),
    joins: { by: whoIs(caller), from: undefined },
  })
  const { alert, done, joined } = changed
  const card = done
    ? alertDoneCard(
        'Claimed',
        `${alert.account.name} is yours. ${alertReasonText(alert, alert.about.renewalOn, now)}.${joinedText(joined)}`,
        alert,
      )
    : alertStandsCard(alert, whoIs(caller), now)
  return { ...changed, card }
}
