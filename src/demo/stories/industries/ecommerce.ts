import { curveOf, every, happened } from '../../course.ts'
import type { Story } from '../story.ts'

export const ECOMMERCE: Story = {
  id: 'lapsed-shopper',
  name: 'Household Ferrant',
  preset: 'ecommerce',
  segment: 'smb',
  says: 'A year of regular orders, then none for months; our mails stay unopened since a bad delivery.',
  course: {
    orders: happened([119, 112, 105, 98, 92, 86]),
    basket_value: happened([
      [119, 60],
      [112, 55],
      [105, 64],
      [98, 58],
      [92, 61],
      [86, 57],
    ]),
    returns: happened([100]),
    complaints: happened([80, 62]),
    nps: happened([
      [110, 9],
      [79, 2],
    ]),
    delivery_rating: happened([
      [104, 5],
      [81, 1],
    ]),
    csat: happened([[60, 2]]),
    mail_opened: every(
      7,
      curveOf([
        [120, 0.5],
        [85, 0.5],
        [60, 0.05],
        [0, 0],
      ]),
      2,
    ),
    mail_clicked: every(
      7,
      curveOf([
        [120, 0.1],
        [85, 0.1],
        [60, 0],
        [0, 0],
      ]),
      2,
    ),
  },
}
