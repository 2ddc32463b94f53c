import type { Story } from '../story.ts'
import { saasStory } from './loyal.ts'

/** At risk since the last morning exactly, so that its digest has something to say. */
export const NEWLY_AT_RISK: readonly Story[] = [
  saasStory(
    {
      id: 'acme',
      name: 'Acme',
      segment: 'enterprise',
      says: 'Two of their three plants have stopped using it, and the third complains.',
      attributes: { arr: '240000' },
      renewsIn: 47,
    },
    {
      seats: 240,
      seatUse: [
        [120, 0.8],
        [34, 0.8],
        [18, 0.45],
        [0, 0.17],
      ],
      logins: [
        [120, 0.65],
        [30, 0.65],
        [0, 0.4],
      ],
      features: [
        [120, 0.9],
        [40, 0.9],
        [0, 0.65],
      ],
      tickets: [110, 92, 75, 61, 48, 36, 27, 26, 23, 21, 19, 17, 16, 14, 12, 11, 9, 7, 6, 4, 3, 2],
      escalations: [40, 0.6],
      nps: [
        [119.5, 8],
        [21, 3],
      ],
      csat: [
        [119.5, 4],
        [72, 4],
        [44, 4],
        [16, 3],
        [5, 1],
      ],
      comments: [
        [119.5, 0.4],
        [88, 0.4],
        [60, 0.2],
        [33, 0.1],
        [8, -0.4],
      ],
      meetings: [119.5, 110, 90, 70, 28],
      pulses: [
        [119.5, 4],
        [85, 4],
        [55, 4],
        [34, 3],
        [0.7, 1],
      ],
    },
  ),
  saasStory(
    {
      id: 'orrery',
      name: 'Orrery Travel',
      segment: 'mid',
      says: 'The new planner never learned the key features, and today she escalated.',
    },
    {
      seatUse: [
        [120, 0.4],
        [25, 0.4],
        [0, 0.2],
      ],
      logins: [
        [120, 0.4],
        [28, 0.4],
        [0, 0.3],
      ],
      features: [
        [120, 0.4],
        [30, 0.35],
        [0, 0.05],
      ],
      daysPastDue: 52,
      tickets: [110, 96, 85, 71, 64, 57, 44, 38, 29, 18, 11, 6],
      escalations: [0.6],
      nps: [[119.5, 3]],
      csat: [
        [119.5, 3],
        [72, 2],
        [44, 2],
        [16, 1],
      ],
      comments: [
        [119.5, -0.2],
        [88, -0.2],
        [60, -0.4],
        [33, -0.4],
        [8, -0.8],
      ],
      pulses: [
        [119.5, 3],
        [85, 3],
        [55, 3],
        [0.8, 1],
      ],
      meetings: [119.5, 100, 66],
    },
  ),
  saasStory(
    {
      id: 'tidewell',
      name: 'Tidewell Ferries',
      segment: 'smb',
      says: 'They have been grumbling for a year; now one issue came three times.',
    },
    {
      seatUse: 0.2,
      features: 0,
      logins: 0.15,
      daysPastDue: 58,
      tickets: [112, 88, 74, 66, 60, 52, 47, 43, 36, 31, 24, 18, 12, 9, 4],
      escalations: [1.7, 1.5, 1.3],
      nps: [[119.5, 5]],
      csat: [
        [119.5, 3],
        [72, 3],
        [44, 2],
        [16, 3],
        [1.4, 1],
      ],
      comments: [
        [119.5, -0.3],
        [88, -0.3],
        [60, -0.4],
        [33, -0.4],
        [1.2, -1],
      ],
      pulses: [
        [119.5, 2],
        [85, 2],
        [55, 2],
        [25, 2],
        [1.1, 1],
      ],
      meetings: [119.5, 110, 80, 20],
    },
  ),
]
