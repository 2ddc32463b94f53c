import { curveOf, every, happened, nightly } from '../../course.ts'
import type { Story } from '../story.ts'

export const RETAIL: Story = {
  id: 'faithful-buyer',
  name: 'Oakapple Stores',
  preset: 'retail',
  segment: 'smb',
  says: 'They buy as ever, but they bring more back, rate us lower, and the app is unused.',
  course: {
    purchases: every(7, curveOf(2)),
    points_collected: every(7, curveOf(20)),
    visits: every(7, curveOf(2)),
    returns: happened([90, 50, 28, 25, 22, 20, 17, 13, 10, 6, 3]),
    complaints: happened([21]),
    store_rating: every(
      7,
      curveOf([
        [120, 4.6],
        [35, 4.5],
        [26, 2.3],
        [0, 1.6],
      ]),
      1,
    ),
    app_opens: nightly(
      curveOf([
        [120, 1.2],
        [32, 1],
        [18, 0],
        [0, 0],
      ]),
    ),
    promotions_used: happened([115, 95, 78, 55, 40, 22, 8]),
  },
}
