import type { Proposal, WhatIf } from '../domain/what-if/what-if.ts'

/** What would lift an account: each change that would do it alone, or the fewest together. */
export function whatIfDocument(found: WhatIf) {
  const shown = found.now.score?.shown ?? null
  switch (found.kind) {
    case 'no_score':
      return {
        shown,
        next_band: null,
        missing: found.missing.map(({ measure }) => measure.id),
        alone: [],
        together: null,
      }
    case 'best':
      return { shown, next_band: null, missing: [], alone: [], together: null }
    case 'next':
      return {
        shown,
        next_band: { id: found.band.id, from: found.line },
        missing: [],
        alone: found.singles.map(proposalDocument),
        together: found.combination === undefined ? null : proposalDocument(found.combination),
      }
  }
}

function proposalDocument({ changes, shown, lifts }: Proposal) {
  return {
    changes: changes.map(({ lever, to }) => ({ measure: lever.measure.id, now: lever.from ?? null, to })),
    shown,
    lifts_caps: lifts,
  }
}
