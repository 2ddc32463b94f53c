import { curveOf, every, happened } from '../../course.ts'
import type { Story } from '../story.ts'

export const INSURANCE: Story = {
  id: 'bad-claim',
  name: 'Coldharbour Boatyard',
  preset: 'insurance',
  segment: 'smb',
  says: 'Renewed for years, a small claim settled well. Then the roof came down, and we handled it badly.',
  course: {
    renewals: happened([118]),
    days_past_due: every(14, curveOf(0)),
    nps: happened([[112, 9]]),
    csm_pulse: happened([[114, 5]]),
    comment_sentiment: happened([
      [113, 0.6],
      [70, 0.5],
      [0.6, -0.4],
    ]),
    claim_days: happened([
      [117, 9],
      [0.7, 38],
    ]),
    claim_contacts: happened([
      [117, 1],
      [0.7, 6],
    ]),
    handler_rating: happened([
      [116, 5],
      [0.6, 1],
    ]),
    claim_paid_share: happened([
      [117, 1],
      [0.7, 0.7],
    ]),
    decision_rating: happened([
      [116, 5],
      [0.6, 3],
    ]),
  },
}
