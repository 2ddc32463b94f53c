import type { ObservedAccount } from '../accounts/account.ts'
import { groupedBy } from '../grouped.ts'
import type { Band, Model } from '../model/model.ts'
import { shownAs } from '../number.ts'
import type { Assessment, CapState, MeasureScore } from '../scoring/score.ts'
import type { Instant } from '../time/instant.ts'
import { smallestCombination } from './combination.ts'
import { effortOf, type Lever, leversOf } from './lever.ts'
import { type Goal, nearestReaching } from './search.ts'
import { type Move, type Suppose, supposing } from './suppose.ts'

/** What would lift an account to the next better band of its segment. */
export type WhatIf =
  /** Nothing is known; `missing` are the measures that apply and have no reading. */
  | { readonly kind: 'no_score'; readonly now: Assessment; readonly missing: readonly MeasureScore[] }
  | { readonly kind: 'best'; readonly now: Assessment; readonly band: Band }
  | {
      readonly kind: 'next'
      readonly now: Assessment
      readonly band: Band
      /** The least shown score in that band. */
      readonly line: number
      /** Every single change that does it alone, the smallest first. */
      readonly singles: readonly Proposal[]
      /** The fewest changes that do it together, when none does it alone. */
      readonly combination?: Proposal
      /** How far the account gets with everything at its best, when that is not far enough. */
      readonly ceiling?: { readonly shown: number; readonly caps: readonly CapState[] }
    }

/** Changes, and the score that the scorer gave them. */
export type Proposal = {
  readonly changes: readonly Change[]
  readonly shown: number
  /** Why the caps that these changes lift were there. */
  readonly lifts: readonly string[]
}

export type Change = Move & { readonly effort: number }

/** Every proposal was scored: one that does not reach the band is none. */
export function whatIf(model: Model, account: ObservedAccount, at: Instant): WhatIf {
  const suppose = supposing(model, account, at)
  const now = suppose([])
  if (now.score === undefined) return { kind: 'no_score', now, missing: missingOf(now) }
  const rank = ({ bands, score }: Assessment) => bands.findIndex(({ id }) => id === score?.band.id)
  const current = rank(now)
  const band = now.bands[current + 1]
  if (band === undefined) return { kind: 'best', now, band: now.score.band }

  const line = Math.ceil(band.from)
  const goal: Goal = { isReached: assessment => rank(assessment) > current, uncapped: line - 0.5 }
  const levers = leversOf(model, account, now)
  const singles = levers
    .flatMap(lever => single(lever, suppose, goal))
    .map(moves => proposal(moves, now, suppose))
    .sort((a, b) => effortIn(a) - effortIn(b))
  if (singles.length > 0) return { kind: 'next', now, band, line, singles }
  const { moves, best } = smallestCombination(levers, suppose, goal)
  const beyond = { kind: 'next' as const, now, band, line, singles }
  if (moves !== undefined) return { ...beyond, combination: proposal(moves, now, suppose) }
  const caps = best.caps.filter(({ holds, atMost }) => holds && shownAs(atMost) < line)
  return { ...beyond, ceiling: { shown: best.score?.shown ?? 0, caps } }
}

function single(lever: Lever, suppose: Suppose, goal: Goal): Move[][] {
  const to = nearestReaching(lever, to => suppose([{ lever, to }]), goal)
  return to === undefined ? [] : [[{ lever, to }]]
}

function proposal(moves: readonly Move[], now: Assessment, suppose: Suppose): Proposal {
  const after = suppose(moves)
  const lifted = now.caps.filter(({ holds }, index) => holds && after.caps[index]?.holds === false)
  return {
    changes: moves.map(move => ({ ...move, effort: effortOf(move.lever, move.to) })),
    shown: after.score?.shown ?? 0,
    lifts: [...groupedBy(lifted, ({ because }) => because).keys()],
  }
}

function effortIn({ changes }: Proposal): number {
  return changes.reduce((sum, { effort }) => sum + effort, 0)
}

function missingOf({ components }: Assessment): MeasureScore[] {
  return components().flatMap(({ measures }) =>
    measures.filter(({ reading, score }) => score === undefined && reading.state !== 'not_applicable'),
  )
}
