import type { Story } from '../story.ts'
import { saasStory } from './loyal.ts'

/** The same number means something else by where it came from. */
export const MOVED: readonly Story[] = [
  saasStory(
    {
      id: 'lost-month',
      name: 'Hollin & Quay',
      segment: 'mid',
      says: 'Eighty-eight a month ago and seventy-two today: something broke.',
    },
    {
      seatUse: [
        [120, 0.7],
        [30, 0.7],
        [16, 0.52],
        [0, 0.52],
      ],
      logins: [
        [120, 0.55],
        [30, 0.55],
        [18, 0.48],
        [0, 0.48],
      ],
      features: [
        [120, 0.9],
        [28, 0.9],
        [18, 0.85],
        [0, 0.85],
      ],
      meetings: [119.5, 110, 80, 55, 35, 10],
      escalations: [12],
    },
  ),
  saasStory(
    {
      id: 'climbing-back',
      name: 'Quillback Press',
      segment: 'smb',
      says: 'Thirty-five a month ago and fifty-five today: the new team lead uses it.',
    },
    {
      seats: 20,
      seatUse: [
        [120, 0.2],
        [30, 0.24],
        [0, 0.6],
      ],
      logins: [
        [120, 0.2],
        [30, 0.15],
        [0, 0.33],
      ],
      features: [
        [120, 0.1],
        [30, 0.07],
        [0, 0.64],
      ],
      tickets: [108, 97, 88, 80, 66, 60, 52, 47, 43, 40, 36, 31, 24, 18, 12, 9],
      escalations: [86, 74, 38, 33],
      daysPastDue: 46,
      nps: [[119.5, 3]],
      csat: [
        [119.5, 3],
        [72, 2],
        [44, 2],
        [16, 5],
        [7, 5],
      ],
      comments: [
        [119.5, -0.6],
        [88, -0.6],
        [60, -0.7],
        [33, -0.7],
        [8, 0.6],
      ],
      pulses: [
        [119.5, 2],
        [85, 2],
        [55, 2],
        [8, 3],
      ],
      meetings: [119.5, 100, 50, 8],
    },
  ),
  saasStory(
    {
      id: 'from-ninety',
      name: 'Tallowmere Dairies',
      segment: 'mid',
      says: 'Seventy is no alarm, but a month ago they stood at ninety.',
    },
    {
      seatUse: [
        [120, 0.75],
        [30, 0.75],
        [10, 0.44],
        [0, 0.41],
      ],
      logins: [
        [120, 0.65],
        [30, 0.65],
        [0, 0.35],
      ],
      features: [
        [120, 0.95],
        [28, 0.95],
        [0, 0.65],
      ],
    },
  ),
]
