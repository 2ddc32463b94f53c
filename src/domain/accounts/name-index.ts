import { type Beginnings, beginningsOf, findBeginnings } from './name-beginnings.ts'
import { compact } from './name-fold.ts'
import { type Look, type LooksElsewhere, looksFor, MATCHES, type MatchKind } from './name-match.ts'
import { buildPostings, type NamePostings } from './name-postings.ts'
import { countPieces, trigrams } from './similarity.ts'

export { MATCHES, type MatchKind } from './name-match.ts'

/** A thing with a name, folded for comparison; `written` keeps its signs, for people who type nothing else. */
export type Named = { readonly folded: string; readonly written?: string }

export type NameMatch<T> = { readonly item: T; readonly kind: MatchKind; readonly likeness: number }

/** Where to search: only at beginnings; anywhere if no name begins so; at both. */
export type Reach = 'beginnings' | 'beginnings first' | 'anywhere'

/** Finds names by a part of them, or despite a typo; best first. */
export type NameIndex<T> = (folded: string, most: number, reach?: Reach) => NameMatch<T>[]

/** Names that were indexed together. */
export type NamePart<T> = {
  readonly items: readonly T[]
  /** With their edges, and without their spaces. */
  readonly padded: readonly string[]
  readonly joined: readonly string[]
  readonly spaces: Uint8Array
  readonly postings: NamePostings
  readonly beginnings: Beginnings
}

/** The index over a list. */
export function buildNameIndex<T extends Named>(items: readonly T[]): NameIndex<T> {
  return searchParts([indexPart(items)])
}

/**
 * Indexes names by how they begin, and by their three-letter pieces in typed arrays, since libraries for this were
 * measured at 0.18 to 0.75 of typos found first, or at over a second for 100,000 names.
 */
export function indexPart<T extends Named>(items: readonly T[]): NamePart<T> {
  const padded = items.map(({ folded }) => `  ${folded} `)
  const joined = items.map(({ folded }) => compact(folded))
  const spaces = Uint8Array.from(padded, (text, at) => text.length - (joined[at]?.length ?? 0) - EDGES)
  return { items, padded, joined, spaces, postings: buildPostings(padded), beginnings: beginningsOf(joined) }
}

/** The index over all names of some parts. */
export function searchParts<T extends Named>(parts: readonly NamePart<T>[]): NameIndex<T> {
  const beginningWith = findBeginnings(parts)
  return (folded, most, reach = 'anywhere') => {
    const pieces = trigrams(folded)
    const looks = looksFor(folded, pieces.size)
    const search: Search<T> = { pieces, most, best: [] }
    for (const { part, at } of beginningWith(looks.core)) {
      tryName(part, at, search, countPieces(pieces, part.padded[at] ?? ''), looks.atBeginning)
    }
    // Matches elsewhere in a name never come before these.
    const enough = { beginnings: 0, 'beginnings first': 1, anywhere: most }[reach]
    if (search.best.length >= enough) return search.best
    const elsewhere = looks.elsewhere()
    for (const part of parts) searchAnywhere(part, search, elsewhere)
    return search.best
  }
}

type Search<T> = {
  readonly pieces: ReadonlySet<string>
  readonly most: number
  readonly best: NameMatch<T>[]
}

function searchAnywhere<T extends Named>(part: NamePart<T>, search: Search<T>, look: LooksElsewhere): void {
  const { pieces, most, best } = search
  const { names, common } = part.postings.count(pieces)
  const length = look.isShort ? part.items.length : names.length
  for (let n = 0; n < length; n += 1) {
    const at = look.isShort ? n : (names[n] ?? 0)
    const shared = common[at] ?? 0
    if (shared < look.least) continue
    const likeness = (2 * shared) / (pieces.size + (part.postings.sizes[at] ?? 0))
    const kind = look.atBest(shared, likeness, part.spaces[at] ?? 0)
    if (kind === undefined) continue
    const last = best[most - 1]
    if (last === undefined || !isBehind(kind, likeness, last)) tryName(part, at, search, shared, look.anywhere)
  }
}

function tryName<T extends Named>(
  { items, padded, joined, spaces, postings }: NamePart<T>,
  at: number,
  { pieces, most, best }: Search<T>,
  common: number,
  kindOf: Look,
): void {
  const item = items[at]
  if (item === undefined) return
  const likeness = (2 * common) / (pieces.size + (postings.sizes[at] ?? 0))
  const name = { padded: padded[at] ?? '', joined: joined[at] ?? '', written: item.written ?? item.folded }
  const kind = kindOf(name, common, likeness, spaces[at] ?? 0)
  if (kind !== undefined) keep(best, { item, kind, likeness }, most)
}

/** The spaces of a padded name that are none of its own. */
const EDGES = 3

function isBehind(kind: MatchKind, likeness: number, other: NameMatch<unknown>): boolean {
  return RANKS[kind] > RANKS[other.kind] || (kind === other.kind && likeness < other.likeness)
}

/** Puts a match in its place among the best. */
function keep<T extends Named>(best: NameMatch<T>[], match: NameMatch<T>, most: number): void {
  const last = best[most - 1]
  if (last !== undefined && bestFirst(match, last) >= 0) return
  let at = Math.min(best.length, most - 1)
  best.length = at
  while (at > 0 && bestFirst(match, best[at - 1] ?? match) < 0) at -= 1
  best.splice(at, 0, match)
}

const RANKS = Object.fromEntries(MATCHES.map((kind, rank) => [kind, rank])) as Record<MatchKind, number>

function bestFirst(a: NameMatch<Named>, b: NameMatch<Named>): number {
  return RANKS[a.kind] - RANKS[b.kind] || b.likeness - a.likeness || compareNames(a.item, b.item)
}

function compareNames(a: Named, b: Named): number {
  return a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0
}
