import { wakeAlert } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { alertStateText } from '../../views/alerts/alert-words.ts'
import { changeAlert, findAlertFor, whoIs } from '../../work/alerts/change-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Wakes an account's snoozed alerts early. */
export const wake: ButtonHandler = async (context, { actor, value: id }) => {
  const caller = await identify(context, actor)
  const now = context.clock()
  const { claimedBy: held } = await findAlertFor(context.connection.db, caller, id, now)
  const { alert, done } = await changeAlert(context, caller, {
    act: 'alert.wake',
    id,
    write: db => wakeAlert(db, id, now),
    others: { held, write: (db, id) => wakeAlert(db, id, now) },
  })
  const card = done
    ? alertDoneCard('Awake', `${alert.account.name}: ${alertStateText(alert)}.`, alert)
    : alertStandsCard(alert, whoIs(caller), now)
  return { kind: 'card', card, audience: 'caller', isResult: true }
}
