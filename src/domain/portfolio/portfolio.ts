import { foldEmail } from '../people/person.ts'
/** What ordering and filtering a portfolio looks at. */
export type Ranked = {
  readonly id: string
  readonly verdict: string
  readonly shown?: number
  readonly change?: number
  readonly segment?: string
  readonly owner?: string
}

/** Worst first: by score, then by fall; accounts without a score come last. */
export function worstFirst(a: Ranked, b: Ranked): number {
  return (a.shown ?? 101) - (b.shown ?? 101) || (a.change ?? 0) - (b.change ?? 0) || (a.id < b.id ? -1 : 1)
}

/** The largest fall first; accounts without a change come last. */
export function fallenFirst(a: Ranked, b: Ranked): number {
  return (a.change ?? Infinity) - (b.change ?? Infinity) || worstFirst(a, b)
}

/** The part of a portfolio to show. */
export type PortfolioPart = {
  readonly band?: string | undefined
  readonly segment?: string | undefined
  /** An e-mail, in whatever case. */
  readonly owner?: string | undefined
}

export function isInPart({ verdict, ...line }: Ranked, { band, segment, owner }: PortfolioPart): boolean {
  return (
    (band === undefined || foldBand(verdict) === foldBand(band)) &&
    (segment === undefined || line.segment === segment) &&
    (owner === undefined || foldEmail(line.owner ?? '') === foldEmail(owner))
  )
}

/** `at-risk` and `At_Risk` are the same band. */
export function foldBand(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '_')
}
