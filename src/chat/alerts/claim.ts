import { claimAlert } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard, joinedText } from '../../views/alerts/alert-answer.ts'
import { alertReasonText } from '../../views/alerts/alert-reason.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** One wins, the others learn who holds it; every message that speaks of the alert shows the holder. */
export const claim: ButtonHandler = async (context, { actor, value: id }) => {
  const caller = await identify(context, actor)
  const now = context.clock()
  const { alert, done, joined } = await changeAlert(context, caller, {
    act: 'alert.claim',
    id,
    write: db => claimAlert(db, id, whoIs(caller), now),
    joins: { by: whoIs(caller), from: undefined },
  })
  const card = done
    ? alertDoneCard(
        'Claimed',
        `${alert.account.name} is yours. ${alertReasonText(alert, alert.about.renewalOn, now)}.${joinedText(joined)}`,
        alert,
      )
    : alertStandsCard(alert, whoIs(caller), now)
  return { kind: 'card', card, audience: 'caller', isResult: true }
}
