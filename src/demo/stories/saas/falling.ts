import type { Story } from '../story.ts'
import { saasStory } from './loyal.ts'

/** What the articles on health scores warn of: one thing goes wrong while others look well. */
export const FALLING: readonly Story[] = [
  saasStory(
    {
      id: 'high-nps',
      name: 'Marigold Analytics',
      segment: 'mid',
      says: 'They love us in every survey, but hardly anybody logs in anymore.',
    },
    {
      nps: [
        [119.5, 9],
        [12, 10],
      ],
      logins: [
        [120, 0.7],
        [32, 0.7],
        [24, 0.35],
        [0, 0.3],
      ],
      features: [
        [120, 1.2],
        [34, 1.1],
        [24, 0.1],
        [0, 0],
      ],
      seatUse: [
        [120, 0.78],
        [32, 0.78],
        [16, 0.5],
        [0, 0.45],
      ],
    },
  ),
  saasStory(
    {
      id: 'punctual-payer',
      name: 'Brackwater Freight',
      segment: 'smb',
      says: 'Every invoice is paid on the day, and every week there are more tickets.',
    },
    {
      tickets: [108, 80, 52, 27, 26, 24, 21, 20, 18, 15, 14, 13, 11, 9, 8, 6, 5, 4, 3, 2, 1],
      escalations: [25, 19, 12],
      csat: [
        [119.5, 5],
        [72, 4],
        [44, 4],
        [18, 2],
        [6, 1],
      ],
      comments: [
        [119.5, 0.5],
        [88, 0.5],
        [60, 0.4],
        [33, 0.2],
        [8, -0.3],
      ],
    },
  ),
  saasStory(
    {
      id: 'bitter-comments',
      name: 'Ostrel Looms',
      segment: 'mid',
      says: 'They live in the product, and what they write about us is bitter.',
    },
    {
      seatUse: 0.88,
      features: 1.5,
      comments: [
        [119.5, 0.5],
        [88, 0.5],
        [60, 0.4],
        [28, -0.5],
        [20, -0.8],
        [11, -0.9],
        [4, -1],
      ],
      csat: [
        [119.5, 5],
        [72, 4],
        [44, 4],
        [12, 2],
        [5, 2],
      ],
      nps: [
        [119.5, 9],
        [15, 6],
      ],
    },
  ),
  saasStory(
    {
      id: 'use-down',
      name: 'Fennick Robotics',
      segment: 'mid',
      says: 'Two of five people stopped within thirty days; nobody complained.',
    },
    {
      seatUse: [
        [120, 0.8],
        [30, 0.8],
        [0, 0.48],
      ],
    },
  ),
  saasStory(
    {
      id: 'shrinking',
      name: 'Varnholt Ceramics',
      segment: 'smb',
      says: 'They pay, they never answer, and each quarter they give back seats.',
    },
    {
      seats: [
        [120, 60],
        [91, 60],
        [90, 50],
        [50, 50],
        [49, 42],
        [25, 42],
        [24, 30],
        [0, 30],
      ],
      meetings: [119.5, 112, 62],
      pulses: [
        [119.5, 4],
        [85, 4],
        [26, 2],
      ],
      comments: [[88, 0.2]],
      csat: [[100, 4]],
      nps: [[119.5, 8]],
      seatUse: 0.55,
      features: 0.9,
      tickets: [108],
    },
  ),
]
