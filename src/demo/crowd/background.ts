import type { Dice } from '../dice.ts'
import type { Habits } from './habits.ts'

export type Mood = 'loyal' | 'full' | 'so-so' | 'poor'

type Range = readonly [low: number, high: number]

type Character = {
  readonly seatUse: Range
  readonly logins: Range
  readonly features: Range
  readonly overdue: Range
  /** Tickets per seat in four weeks. */
  readonly tickets: Range
  readonly nps: Range
  readonly csat: Range
  readonly tone: Range
  readonly pulse: number
  readonly meetsEvery: Range
}

const CHARACTERS: Readonly<Record<Mood, Character>> = {
  loyal: {
    seatUse: [0.7, 0.8],
    logins: [0.55, 0.75],
    features: [1, 1.4],
    overdue: [0, 4],
    tickets: [0.01, 0.05],
    nps: [8, 10],
    csat: [4, 5],
    tone: [0.2, 0.6],
    pulse: 4,
    meetsEvery: [18, 26],
  },
  full: {
    seatUse: [0.94, 0.98],
    logins: [0.6, 0.8],
    features: [1.2, 1.6],
    overdue: [0, 2],
    tickets: [0.01, 0.04],
    nps: [9, 10],
    csat: [4, 5],
    tone: [0.4, 0.7],
    pulse: 5,
    meetsEvery: [14, 20],
  },
  'so-so': {
    seatUse: [0.3, 0.36],
    logins: [0.2, 0.26],
    features: [0.12, 0.2],
    overdue: [22, 32],
    tickets: [0.08, 0.12],
    nps: [6, 6],
    csat: [3, 3],
    tone: [-0.1, 0.1],
    pulse: 3,
    meetsEvery: [24, 30],
  },
  poor: {
    seatUse: [0.1, 0.14],
    logins: [0.1, 0.14],
    features: [0.08, 0.12],
    overdue: [45, 58],
    tickets: [0.35, 0.45],
    nps: [0, 2],
    csat: [1, 2],
    tone: [-0.8, -0.5],
    pulse: 1,
    meetsEvery: [52, 58],
  },
}

/** The habits of an account that stays as it is. Nothing happens on its last three days that could turn it. */
export function backgroundHabits(dice: Dice, mood: Mood, seats: number): Habits {
  const character = CHARACTERS[mood]
  const from = (range: Range) => dice.between(...range)
  const answer = (range: Range) => dice.whole(...range)
  const seatUse = from(character.seatUse)
  return {
    seats,
    seatUse: [
      [120, seatUse],
      [0, seatUse * dice.between(0.97, 1.02)],
    ],
    logins: from(character.logins),
    features: from(character.features),
    daysPastDue: Math.round(from(character.overdue)),
    tickets: spread(dice, 28 / Math.max(from(character.tickets) * seats, 0.2)),
    escalations: mood === 'poor' ? spread(dice, 16) : [],
    meetings: spread(dice, from(character.meetsEvery)),
    nps: [119.5, dice.between(5, 90)].map(daysAgo => [daysAgo, answer(character.nps)]),
    csat: spread(dice, 26).map(daysAgo => [daysAgo, answer(character.csat)]),
    comments: spread(dice, 22).map(daysAgo => [daysAgo, from(character.tone)]),
    pulses: spread(dice, 30).map(daysAgo => [daysAgo, character.pulse]),
  }
}

/** Days ago, so far apart and not quite regular, the last of them more than three days back. */
function spread(dice: Dice, apart: number): number[] {
  const first = 3.2 + dice.between(0, apart)
  const count = Math.max(0, Math.floor((119 - first) / apart))
  return [119.5, ...Array.from({ length: count }, (_, index) => first + (index + dice.between(0, 0.25)) * apart)]
}
