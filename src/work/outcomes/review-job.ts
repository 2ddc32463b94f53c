import type { Context } from '../../context.ts'
import { placesOfAdmins } from '../../delivery/notify-admins.ts'
import { DAY } from '../../domain/time/instant.ts'
import { underClaim } from '../../store/claims/claims.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { saveReviewed } from '../../store/outcomes/study-marks.ts'
import type { Job } from '../schedule/schedule.ts'
import { buildReview } from './review.ts'

const LATEST = 7 * DAY

/** The quarterly review, on the first morning of each quarter, to the admins. */
export function reviewJob(context: Context): Job {
  const { connection, settings, wakeSender } = context
  return {
    name: 'quarterly review',
    timing: { schedule: '0 9 1 1,4,7,10 *', time_zone: settings.routes.scoring.time_zone },
    tooLate: (slot, now) => (now - slot > LATEST ? 'too late, the next one covers it' : undefined),
    run: async (slot, _isLate, claim) => {
      const review = await buildReview(context, slot)
      if (review === undefined) return 'no outcome is known yet'
      const { quarter, card, trust } = review
      await underClaim(connection.db, claim, async db => {
        for (const to of await placesOfAdmins(db, context)) {
          await addMessage(db, {
            subject: { of: 'review', id: quarter },
            purpose: 'report',
            to,
            card,
            alerts: [],
            at: slot,
          })
        }
        await saveReviewed(db, { version: trust.model.version, at: slot, floors: trust.floors })
      })
      wakeSender()
      return undefined
    },
  }
}
