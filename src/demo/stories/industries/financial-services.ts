import { curveOf, every, happened, nightly } from '../../course.ts'
import type { Story } from '../story.ts'

export const FINANCIAL_SERVICES: Story = {
  id: 'valuable-saver',
  name: 'Estate of Van Rooyen',
  preset: 'financial-services',
  segment: 'mid',
  says: 'A valuable customer; the app failed them again and again, and they stop using our products.',
  attributes: { arr: '380000' },
  course: {
    trust_rating: happened([
      [110, 9],
      [45, 8],
    ]),
    csm_pulse: happened([
      [118, 4],
      [60, 4],
    ]),
    app_sessions: nightly(
      curveOf([
        [120, 6],
        [32, 6],
        [10, 2],
        [0, 1],
      ]),
    ),
    failed_sessions: happened([
      [90, 1],
      [60, 1],
      [27, 5],
      [24, 6],
      [20, 8],
      [15, 7],
      [11, 6],
      [6, 4],
    ]),
    call_contacts: happened([85, 50, 26, 19, 12]),
    complaints: happened([25, 17, 9]),
    days_past_due: every(14, curveOf(0)),
    products_in_use: every(
      7,
      curveOf([
        [120, 4],
        [29, 4],
        [28, 3],
        [15, 3],
        [14, 2],
        [0, 2],
      ]),
    ),
    process_csat: happened([
      [100, 5],
      [48, 4],
    ]),
  },
}
