import { sumOf } from '../number.ts'
import type { Assessment } from '../scoring/score.ts'
import { effortOf, type Lever } from './lever.ts'
import { type Goal, gentlestFirst, nearestReaching } from './search.ts'
import type { Move, Suppose } from './suppose.ts'

/** Moves that reach the goal with each at its best, and what the scorer makes of them. */
export type Way = { readonly moves: readonly Move[]; readonly after: Assessment }

/** How many ways are worked out in full: those that promise the least effort. */
const MOST_WORKED_OUT = 12

/** Of some ways to reach a goal the one with the least effort, once what is more than needed is taken back. */
export function leastEffort(ways: readonly Way[], suppose: Suppose, goal: Goal): readonly Move[] | undefined {
  return ways
    .map(way => ({ way, promise: promisedEffort(way, goal) }))
    .sort((a, b) => a.promise - b.promise)
    .slice(0, MOST_WORKED_OUT)
    .map(({ way }) => giveBack(way, suppose, goal))
    .map(moves => ({ moves, effort: sumOf(moves, ({ lever, to }) => effortOf(lever, to)) }))
    .sort((a, b) => a.effort - b.effort)[0]?.moves
}

/** The effort that is left if everything could be taken back to the last point, whole numbers and caps aside. */
function promisedEffort({ moves, after }: Way, goal: Goal): number {
  let excess = (after.score?.uncapped ?? 0) - goal.uncapped
  return sumOf(leastWorthFirst(moves, after), ({ effort, worth }) => {
    const given = worth > 0 ? Math.min(effort, excess / worth) : 0
    excess -= given * worth
    return effort - given
  })
}

/** Takes back what is more than needed, first where a point of effort gains the least. */
function giveBack({ moves, after }: Way, suppose: Suppose, goal: Goal): readonly Move[] {
  return leastWorthFirst(moves, after).reduce<readonly Move[]>((kept, { move: { lever } }) => {
    const others = kept.filter(move => move.lever !== lever)
    const to = nearestReaching(lever, to => suppose([...others, { lever, to }]), goal, gentlestFirst(lever))
    return to === undefined ? kept : kept.map(move => (move.lever === lever ? { lever, to } : move))
  }, moves)
}

function leastWorthFirst(moves: readonly Move[], after: Assessment) {
  const worth = worthOf(after)
  return moves
    .map(move => ({ move, worth: worth(move.lever), effort: effortOf(move.lever, move.to) }))
    .sort((a, b) => a.worth - b.worth)
}

/** What a point of a measure's own score adds to the account's. */
function worthOf({ components }: Assessment): (lever: Lever) => number {
  const worth = new Map(
    components().flatMap(({ measures }) =>
      measures.map(({ measure, points, lost }) => [measure.id, (points + lost) / 100] as const),
    ),
  )
  return ({ measure }) => worth.get(measure.id) ?? 0
}
