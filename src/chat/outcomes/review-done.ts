import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { markReviewDone } from '../../store/outcomes/study-marks.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Marks the review of a quarter as done, once; the button's value is the quarter. */
export const reviewDone: ButtonHandler = async (context, { actor, value: quarter }) => {
  const caller = await identify(context, actor)
  await allow(context, caller, 'review.end', `review:${quarter}`)
  const who = caller.email ?? caller.name
  const at = context.clock()
  const before = await inTransaction(context.connection.db, async db => {
    const before = await markReviewDone(db, quarter, { by: who, at })
    if (before === undefined) await recordAudit(db, { at, who, act: 'review.end', subject: `review:${quarter}` })
    return before
  })
  const sentence =
    before === undefined
      ? `The review of ${quarter} is done.`
      : `${before.by} marked the review of ${quarter} as done already.`
  return { kind: 'card', card: noticeCard('Quarterly review', sentence), audience: 'caller' }
}
