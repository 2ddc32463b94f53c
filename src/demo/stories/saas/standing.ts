import type { Habits } from '../../crowd/habits.ts'
import type { Story } from '../story.ts'
import { saasStory } from './loyal.ts'

/** Scores 72 in every segment: contact with the CSM, whose weight differs, stands where the rest does. */
const MIDDLING: Habits = {
  seatUse: 0.5,
  features: 0.45,
  logins: 0.25,
  daysPastDue: 12,
  tickets: [],
  nps: [[119.5, 7]],
  csat: [
    [119.5, 4],
    [72, 4],
    [44, 3],
    [16, 4],
  ],
  comments: [
    [119.5, 0],
    [88, 0],
    [60, 0.1],
    [33, 0],
    [8, 0],
  ],
  pulses: [
    [119.5, 4],
    [85, 4],
    [55, 4],
    [25, 4],
  ],
  meetings: [119.5, 105, 73, 38],
}

/** Stories of the `saas` preset in which it is the verdict that must be right. */
export const STANDING: readonly Story[] = [
  saasStory(
    {
      id: 'one-bad-day',
      name: 'Pemberlow Tools',
      segment: 'smb',
      says: 'One bad answer after one bad call; otherwise as loyal as ever.',
    },
    {
      csat: [
        [119.5, 5],
        [72, 5],
        [44, 5],
        [16, 5],
        [6, 1],
      ],
    },
  ),
  saasStory(
    {
      id: 'steady-sixty',
      name: 'Corvane Print',
      segment: 'mid',
      says: 'Sixty, as it was last month and the month before.',
    },
    {
      seatUse: 0.28,
      features: 0.12,
      logins: 0.2,
      daysPastDue: 30,
      tickets: [110, 96, 85, 71, 64, 57, 44, 38, 29, 18, 11, 6],
      nps: [[119.5, 6]],
      csat: [
        [119.5, 4],
        [72, 3],
        [44, 3],
        [16, 3],
      ],
      comments: [
        [119.5, 0],
        [88, 0],
        [60, 0],
        [33, 0],
        [8, 0],
      ],
      pulses: [
        [119.5, 3],
        [85, 3],
        [55, 3],
        [25, 3],
      ],
    },
  ),
  saasStory({
    id: 'sponsor-left',
    name: 'Ashgrove Clinics',
    segment: 'mid',
    says: 'The woman who bought us has left, and her chair is empty.',
    attributes: {
      sponsor: [
        [120, 'active'],
        [9, 'left'],
      ],
    },
  }),
  saasStory(
    {
      id: 'nine-and-gone',
      name: 'Lindqvale Optics',
      segment: 'enterprise',
      says: 'Our sponsor gave us a nine, and resigned the week after.',
      attributes: {
        sponsor: [
          [120, 'active'],
          [13, 'left'],
        ],
      },
    },
    {
      seats: 220,
      nps: [
        [119.5, 8],
        [20, 9],
      ],
    },
  ),
  saasStory(
    {
      id: 'lean-startup',
      name: 'Peppercorn Labs',
      segment: 'startup',
      says: 'Seventy-two is fine for eight people who have no time for meetings.',
    },
    { ...MIDDLING, seats: 8, features: 0.68, daysPastDue: 26 },
  ),
  saasStory(
    {
      id: 'strict-enterprise',
      name: 'Graymantle Insurance Group',
      segment: 'enterprise',
      says: 'Seventy-two would be fine elsewhere; here it is 200 seats and half a million a year.',
      attributes: { arr: '500000' },
    },
    { ...MIDDLING, seats: 200 },
  ),
  saasStory(
    {
      id: 'full-house',
      name: 'Juniper & Rook',
      segment: 'smb',
      says: 'Every seat is taken, and they asked what the reporting add-on costs.',
    },
    {
      seatUse: [
        [120, 0.8],
        [60, 0.95],
        [0, 0.98],
      ],
      features: 1.5,
      addonInquiries: [41, 18],
    },
  ),
  {
    id: 'no-data',
    name: 'Blankenfold Paper',
    preset: 'saas',
    segment: 'smb',
    says: 'Signed last week; nothing is connected yet.',
    course: {},
  },
  saasStory(
    { id: 'one-user', name: 'Solway Alone', segment: 'startup', says: 'One user in five: one resignation from churn.' },
    { seats: 5, seatUse: 0.2, tickets: [] },
  ),
  saasStory(
    {
      id: 'five-users',
      name: 'Fivestone Studio',
      segment: 'startup',
      says: 'The same habits, on five pairs of shoulders.',
    },
    { seats: 5, seatUse: 1, tickets: [] },
  ),
]
