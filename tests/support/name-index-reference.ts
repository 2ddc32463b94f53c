import { compact, coreOfName } from '../../src/domain/accounts/name-fold.ts'
import { isOneSlip, trigrams } from '../../src/domain/accounts/similarity.ts'

/** A thing with a name, folded for comparison; `written` still has its signs, for who types nothing else. */
export type Named = { readonly folded: string; readonly written?: string }

/**
 * How a name answers to what was typed, best first: all of it (`whole`), but for its legal form (`core`), it begins so
 * (`start`), words in it do (`words`), it is a typo away (`slip`), it is somewhere inside of a word (`inside`), it is
 * only a little like it (`like`).
 */
export const MATCHES = ['whole', 'core', 'start', 'words', 'slip', 'inside', 'like'] as const
export type MatchKind = (typeof MATCHES)[number]

export type NameMatch<T> = { readonly item: T; readonly kind: MatchKind; readonly likeness: number }

/** Finds names by a part of them or in spite of a typo; best first. */
export type NameIndex<T> = (folded: string, most: number) => NameMatch<T>[]

type Entry<T> = { readonly item: T; readonly words: string; readonly joined: string }

/** A typo in a longer name leaves about this share of its pieces; below it is another name, and soon no likeness. */
const SURELY_MEANT = 0.45
const PERHAPS_MEANT = 0.2

/**
 * Builds the index: for each three-letter piece the names that have it, in typed arrays, since libraries for this were
 * measured at 0.18 to 0.75 of typos found first, or at over a second for 100,000 names.
 */
export function buildNameIndex<T extends Named>(items: readonly T[]): NameIndex<T> {
  const entries = items.map(entryOf)
  const postings = new Map<string, number[]>()
  const sizes = new Uint16Array(items.length)
  for (const [index, { folded }] of items.entries()) {
    const pieces = trigrams(folded)
    sizes[index] = pieces.size
    for (const piece of pieces) {
      const posting = postings.get(piece)
      if (posting === undefined) postings.set(piece, [index])
      else posting.push(index)
    }
  }
  const lists = new Map([...postings].map(([piece, indexes]) => [piece, Uint32Array.from(indexes)]))
  return (folded, most) => {
    const pieces = trigrams(folded)
    const common = new Uint16Array(items.length)
    for (const piece of pieces) {
      for (const index of lists.get(piece) ?? []) common[index] = (common[index] ?? 0) + 1
    }
    const kindOf = comparison(folded)
    const matches: NameMatch<T>[] = []
    for (const [index, entry] of entries.entries()) {
      const likeness = (2 * (common[index] ?? 0)) / (pieces.size + (sizes[index] ?? 0))
      const kind = kindOf(entry, likeness)
      if (kind !== undefined) matches.push({ item: entry.item, kind, likeness })
    }
    return matches.sort(bestFirst).slice(0, most)
  }
}

function entryOf<T extends Named>(item: T): Entry<T> {
  const { folded } = item
  return { item, words: ` ${folded}`, joined: compact(folded) }
}

/** Short words without their spaces are found in too many names. */
const TELLING = 4

/** An emoji or a percent sign, without a letter or digit. */
const SIGNS_ALONE = /^[^\p{L}\p{N}]+$/u

/** Where no spaces part the words, a part of a name is a word of it. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function comparison(folded: string): (entry: Entry<Named>, likeness: number) => MatchKind | undefined {
  const { words, joined } = entryOf({ folded })
  const core = coreOfName(folded)
  const starts = folded.split(' ').map(word => ` ${word}`)
  if (SIGNS_ALONE.test(folded))
    return ({ item }) => ((item.written ?? item.folded).includes(folded) ? 'words' : undefined)
  const partOfName = UNSPACED.test(folded) ? 'words' : 'inside'
  return (entry, likeness) => {
    if (entry.joined === joined) return 'whole'
    // the second look takes time, and is worth it for few
    if (entry.joined.startsWith(core) && coreOfName(entry.item.folded) === core) return 'core'
    if (entry.words.startsWith(words)) return 'start'
    if (joined.length >= TELLING && entry.joined.startsWith(joined)) return 'start'
    if (entry.words.includes(words) || starts.every(start => entry.words.includes(start))) return 'words'
    if (likeness > 0 && isSlip(folded, entry.item.folded, likeness)) return 'slip'
    if (entry.item.folded.includes(folded) || (joined.length >= TELLING && entry.joined.includes(joined)))
      return partOfName
    return likeness >= PERHAPS_MEANT ? 'like' : undefined
  }
}

/** More words than the name has are no typo. */
function isSlip(typed: string, name: string, likeness: number): boolean {
  if (isOneSlip(typed, name)) return true
  const words = name.split(' ')
  if (typed.split(' ').length > words.length) return false
  return likeness >= SURELY_MEANT || words.some(word => isOneSlip(typed, word))
}

const RANKS = Object.fromEntries(MATCHES.map((kind, rank) => [kind, rank])) as Record<MatchKind, number>

function bestFirst(a: NameMatch<Named>, b: NameMatch<Named>): number {
  return RANKS[a.kind] - RANKS[b.kind] || b.likeness - a.likeness || compareNames(a.item, b.item)
}

function compareNames(a: Named, b: Named): number {
  return a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0
}
