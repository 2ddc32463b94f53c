import { curveOf, every, happened } from '../../course.ts'
import type { Story } from '../story.ts'

export const B2B_SERVICES: Story = {
  id: 'quiet-client',
  name: 'Mothwick & Partners',
  preset: 'b2b-services',
  segment: 'mid',
  says: 'Every invoice is paid on time. They do not meet us, they do not answer, and they book less.',
  course: {
    cooperation_rating: every(
      14,
      curveOf([
        [120, 4.4],
        [40, 4.3],
        [0, 3.8],
      ]),
      1,
    ),
    csm_pulse: happened([
      [118, 4],
      [88, 4],
      [58, 4],
      [28, 3],
    ]),
    meeting: happened([118, 104, 90, 76, 62, 48, 34]),
    replies: happened([118, 112, 107, 101, 96, 91, 85, 80, 74, 69, 63, 58, 52, 47, 43, 40, 37, 34, 31]),
    decision_maker_contact: happened([115, 80, 50]),
    days_past_due: every(7, curveOf(0)),
    review_outcome: happened([
      [117, 4],
      [45, 4],
    ]),
    booked_hours: every(
      7,
      curveOf([
        [120, 160],
        [35, 160],
        [20, 110],
        [0, 100],
      ]),
    ),
    project_feedback: happened([
      [110, 5],
      [60, 4],
    ]),
    comment_sentiment: happened([
      [100, 0.5],
      [55, 0.4],
    ]),
  },
}
