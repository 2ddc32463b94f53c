import type { Assessment } from '../scoring/score.ts'
import { leastEffort } from './effort.ts'
import type { Lever } from './lever.ts'
import { bestReadings, type Goal } from './search.ts'
import type { Move, Suppose } from './suppose.ts'

/** Of how many levers, those that gain the most, every subset is tried. */
const MOST_TRIED = 10

/** How many ways to set the levers that caps ask about are tried. */
const MOST_WAYS = 200

/** A lever with the readings that are worth trying, the best first, and what that one gains. */
type Option = { readonly lever: Lever; readonly readings: readonly number[]; readonly gain: number }

export type Combination = {
  /** The fewest moves that reach the goal together, of those the ones with the least effort. */
  readonly moves?: readonly Move[]
  /** The highest score that any of them makes. */
  readonly best: Assessment
}

export function smallestCombination(levers: readonly Lever[], suppose: Suppose, goal: Goal): Combination {
  const options = levers
    .map(lever => optionOf(lever, suppose))
    .filter(mayHelp)
    .sort(mostUsefulFirst)
  let best = suppose([])
  for (const chosen of setsOf(options)) {
    const ways = chosen.flatMap(waysToSet).map(moves => ({ moves, after: suppose(moves) }))
    best = bestOf([best, ...ways.map(({ after }) => after)])
    const reaching = ways.filter(({ after }) => goal.isReached(after))
    const moves = leastEffort(reaching, suppose, goal)
    if (moves !== undefined) return { moves, best }
  }
  return { best }
}

/** Sets of options by their size, the smallest first: every one of the most useful, then one of each size beyond. */
function setsOf(options: readonly Option[]): Option[][][] {
  const useful = options.slice(0, MOST_TRIED)
  const rest = options.slice(MOST_TRIED)
  return [
    ...useful.map((_, index) => subsets(useful, index + 1)),
    ...rest.map((_, index) => [[...useful, ...rest.slice(0, index + 1)]]),
  ]
}

/** A first reading that gains nothing alone may gain beside others; a condition may hang on any reading. */
function mayHelp({ lever, gain }: Option): boolean {
  return gain > 0 || lever.from === undefined || lever.thresholds.length > 0
}

function optionOf(lever: Lever, suppose: Suppose): Option {
  const at = (to: number) => suppose([{ lever, to }])
  const readings = bestReadings(lever, at)
  const [first] = readings
  const uncapped = (assessment: Assessment) => assessment.score?.uncapped ?? 0
  return { lever, readings, gain: first === undefined ? 0 : uncapped(at(first)) - uncapped(suppose([])) }
}

/** Those that a condition asks about come first: a cap may hang on them, whatever they gain. */
function mostUsefulFirst(a: Option, b: Option): number {
  return Math.min(b.lever.thresholds.length, 1) - Math.min(a.lever.thresholds.length, 1) || b.gain - a.gain
}

function bestOf(assessments: readonly Assessment[]): Assessment {
  const value = (assessment: Assessment) => assessment.score?.value ?? -1
  return assessments.reduce((best, next) => (value(next) > value(best) ? next : best))
}

/** Every way to set all of these levers, each to one of its best readings. */
function waysToSet(options: readonly Option[]): Move[][] {
  return options.reduce<Move[][]>(
    (ways, { lever, readings }) => ways.flatMap(way => readings.map(to => [...way, { lever, to }])).slice(0, MOST_WAYS),
    [[]],
  )
}

/** In the order of the items, so that the most useful come first. */
function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, index) => subsets(items.slice(index + 1), size - 1).map(rest => [item, ...rest]))
}
