import { bandAt } from '../scoring/outline.ts'
import type { Band } from './model.ts'

/** The bands of somebody's model, and where they come from. */
export type BandSet = { readonly name: string; readonly source: string; readonly bands: readonly Band[] }

/** What such bands say of a score, and over which shown scores that band reaches, both ends included. */
export type BandOpinion = BandSet & { readonly band: Band; readonly from: number; readonly to: number }

/** What each set of bands says of one shown score: 70 is healthy in one, at risk in another. */
export function opinionsOn(shown: number, sets: readonly BandSet[]): BandOpinion[] {
  return sets.map(set => {
    const band = bandAt(set.bands, shown)
    const next = set.bands[set.bands.indexOf(band) + 1]
    const first = (from: number) => Math.ceil(from)
    return { ...set, band, from: first(band.from), to: next === undefined ? 100 : first(next.from) - 1 }
  })
}
