import type { Story } from '../story.ts'
import { saasStory } from './loyal.ts'

/** Other news of the last morning: a sharp drop, two that recover, one that is ready to grow. */
export const TURNED: readonly Story[] = [
  saasStory(
    {
      id: 'harbourlight',
      name: 'Harbourlight Hotels',
      segment: 'mid',
      says: 'All was well until yesterday, when our sponsor said goodbye.',
      attributes: {
        sponsor: [
          [120, 'active'],
          [0.6, 'left'],
        ],
      },
    },
    { seatUse: 0.74 },
  ),
  saasStory(
    {
      id: 'wrenfield',
      name: 'Wrenfield Seeds',
      segment: 'smb',
      says: 'They paid, they met us, and they sound relieved.',
    },
    {
      seatUse: [
        [120, 0.16],
        [30, 0.16],
        [0, 0.2],
      ],
      logins: 0.12,
      features: 0,
      daysPastDue: [
        [120, 50],
        [8, 50],
        [7, 20],
        [0, 20],
      ],
      tickets: [112, 105, 97, 88, 80, 74, 66, 60, 52, 47, 43, 36, 31, 24],
      escalations: [74, 61.6, 47, 35],
      nps: [[119.5, 3]],
      csat: [
        [119.5, 2],
        [72, 2],
        [44, 2],
        [1.5, 5],
      ],
      comments: [
        [119.5, -0.6],
        [88, -0.6],
        [60, -0.6],
        [33, -0.6],
        [1.4, 0.7],
      ],
      pulses: [
        [119.5, 1],
        [85, 1],
        [55, 1],
        [1.3, 4],
      ],
      meetings: [119.5, 100, 75, 1.6],
    },
  ),
  saasStory(
    {
      id: 'galehouse',
      name: 'Galehouse Energy',
      segment: 'mid',
      says: 'The training bore fruit, and their review was a good one.',
    },
    {
      seatUse: [
        [120, 0.36],
        [40, 0.36],
        [0, 0.42],
      ],
      features: [
        [120, 0.5],
        [40, 0.5],
        [0, 0.58],
      ],
      logins: [
        [120, 0.35],
        [40, 0.35],
        [0, 0.42],
      ],
      daysPastDue: 24,
      tickets: [112, 101, 90, 80, 71, 60, 47, 33],
      nps: [
        [119.5, 6],
        [1.5, 9],
      ],
      csat: [
        [119.5, 3],
        [72, 3],
        [44, 3],
        [1.5, 5],
      ],
      comments: [
        [119.5, -0.1],
        [88, -0.1],
        [60, -0.1],
        [33, -0.1],
        [1.4, 0.6],
      ],
      pulses: [
        [119.5, 3],
        [85, 3],
        [55, 3],
        [1.3, 4],
      ],
      meetings: [119.5, 100, 70, 40, 1.6],
    },
  ),
  saasStory(
    {
      id: 'larkspur',
      name: 'Larkspur Mills',
      segment: 'mid',
      says: 'Two weeks ago they asked what the planning add-on costs.',
    },
    { addonInquiries: [14.3] },
  ),
]
