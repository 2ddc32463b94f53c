import type { AlertFeedback } from '../../domain/alerts/feedback.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { feedbackOfOrNone, rateAlert } from '../../store/alerts/alert-acts.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertsShownWith } from '../../store/delivery/account-cards.ts'
import type { Db } from '../../store/tables.ts'
import { VERDICT_WORDS } from '../../views/alerts/alert-words.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Feedback on an alert: one per person, which the next press changes; a resolved alert takes it too. */
export function feedback(verdict: AlertFeedback): ButtonHandler {
  return async (context, { actor, value: id }) => {
    const caller = await identify(context, actor)
    const person = whoIs(caller)
    const was = await feedbackOfOrNone(context.connection.db, id, person)
    const { alert, done } = await changeAlert(context, caller, {
      act: 'alert.verdict',
      id,
      write: db => rateTogether(db, id, { person, verdict }, context.clock()),
      audit: { isNow: verdict, ...(was !== undefined && { was }) },
    })
    const words = VERDICT_WORDS[verdict].toLowerCase()
    const sentence = done
      ? `Thank you: ${alert.account.name} counts as ${words}. Press another button to change it.`
      : `You already said ${words}; nothing changed.`
    return { kind: 'card', card: noticeCard('Your feedback', sentence), audience: 'caller', isResult: true }
  }
}

/** Feedback on the card of an account counts for each of its ended alerts. */
async function rateTogether(
  db: Db,
  id: string,
  said: { readonly person: string; readonly verdict: AlertFeedback },
  at: Instant,
): Promise<boolean> {
  const shown = [...(await alertsShownWith(db, id)).values()].flat()
  const ended = (await findAlertDetails(db, [...new Set(shown)], at)).filter(({ state }) => state === 'resolved')
  const rated = await rateAlert(db, id, said, at)
  for (const other of ended) if (other.id !== id) await rateAlert(db, other.id, said, at)
  return rated
}
