import { compact, coreOfName } from './name-fold.ts'
import { isOneSlip } from './similarity.ts'

/**
 * How a name matches what was typed, best first: entirely (`whole`), but for its legal form (`core`), its beginning
 * (`start`), the beginnings of its words (`words`), all but a typo (`slip`), somewhere inside a word (`inside`),
 * or only roughly (`like`).
 */
export const MATCHES = ['whole', 'core', 'start', 'words', 'slip', 'inside', 'like'] as const
export type MatchKind = (typeof MATCHES)[number]

/** A name with its edges, two spaces before and one behind; without its spaces; and with its signs. */
export type NameForms = { readonly padded: string; readonly joined: string; readonly written: string }

/** How a name matches that shares this many three-letter pieces with what was typed and has this many spaces. */
export type Look = (name: NameForms, common: number, likeness: number, spaces: number) => MatchKind | undefined

export type Looks = {
  /** Every name that answers at its beginning begins so. */
  readonly core: string
  readonly atBeginning: Look
  /** Built only if beginnings were not enough. */
  elsewhere(): LooksElsewhere
}

export type LooksElsewhere = {
  /** For names that do not match at their beginning. */
  readonly anywhere: Look
  /** The best match that such a resemblance allows, without looking at the name. */
  atBest(common: number, likeness: number, spaces: number): MatchKind | undefined
  /** With fewer pieces in common it cannot match. */
  readonly least: number
  /** Whether it has no piece of three letters by which a name could be found. */
  readonly isShort: boolean
}

/** A typo in a longer name leaves about this share of its pieces; below it is another name, and soon no likeness. */
const SURELY_MEANT = 0.45
const PERHAPS_MEANT = 0.2

/** Short words without their spaces match too many names. */
const TELLING = 4

/** How many pieces one typo may take from a word that is not the first. */
const PIECES_OF_A_SLIP = 5

/** An emoji or a percent sign, without a letter or digit. */
const SIGNS_ALONE = /^[^\p{L}\p{N}]+$/u

/** In scripts without spaces, any part of a name counts as a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** `pieces` is how many different ones were typed. */
export function looksFor(folded: string, pieces: number): Looks {
  if (SIGNS_ALONE.test(folded)) {
    return { core: '', atBeginning: () => undefined, elsewhere: () => looksForSigns(folded) }
  }
  const atBeginning = beginningLook(folded)
  return { core: coreOfName(folded), atBeginning, elsewhere: () => looksElsewhere(folded, pieces, atBeginning) }
}

function looksForSigns(signs: string): LooksElsewhere {
  const anywhere: Look = ({ written }) => (written.includes(signs) ? 'words' : undefined)
  return { anywhere, atBest: () => 'words', least: 0, isShort: true }
}

function looksElsewhere(folded: string, pieces: number, atBeginning: Look): LooksElsewhere {
  const words = folded.split(' ')
  const least = leastPieces(folded, words, pieces)
  return {
    least: Math.min(least.words, least.slip, least.some, Math.ceil((PERHAPS_MEANT / 2) * pieces)),
    anywhere: anywhereLook(folded, words, least, atBeginning),
    atBest: (common, likeness, spaces) => {
      if (common >= least.words) return 'words'
      if (common >= least.slip || likeness >= SURELY_MEANT) return 'slip'
      if (common >= leastInside(least, spaces)) return least.insideIs
      return likeness >= PERHAPS_MEANT ? 'like' : undefined
    },
    isShort: folded.length < 3 || words.every(word => word.length < 2),
  }
}

/** How many of the typed pieces a name must have to match at all. */
type LeastPieces = {
  readonly words: number
  readonly slip: number
  readonly inside: number
  /** Inside of a name with other spaces; less `PIECES_OF_A_SPACE` for each of its own, but not less than `some`. */
  readonly joined: number
  readonly some: number
  readonly insideIs: MatchKind
}

/** What a space breaks in what is written without it. */
const PIECES_OF_A_SPACE = 2

function leastPieces(folded: string, words: readonly string[], pieces: number): LeastPieces {
  const ofWords = new Set(words.flatMap(word => [...innerPieces(` ${word}`)]))
  const inside = innerPieces(folded).size
  return {
    words: ofWords.size,
    slip: Math.max(1, pieces - PIECES_OF_A_SLIP),
    inside,
    // A space that was typed is in one piece more.
    joined: inside - (PIECES_OF_A_SPACE + 1) * (words.length - 1),
    some: Math.ceil(inside / 3),
    insideIs: UNSPACED.test(folded) ? 'words' : 'inside',
  }
}

function leastInside({ joined, some }: LeastPieces, spaces: number): number {
  return Math.max(some, joined - PIECES_OF_A_SPACE * spaces)
}

function beginningLook(folded: string): Look {
  const [joined, core] = [compact(folded), coreOfName(folded)]
  return name => {
    if (name.joined === joined) return 'whole'
    // the second check is slow, and worth it for a few names only
    if (name.joined.startsWith(core) && coreOfName(name.padded.trim()) === core) return 'core'
    if (name.padded.startsWith(folded, 2)) return 'start'
    return joined.length >= TELLING && name.joined.startsWith(joined) ? 'start' : undefined
  }
}

function anywhereLook(folded: string, words: readonly string[], least: LeastPieces, atBeginning: Look): Look {
  const joined = compact(folded)
  const starts = words.map(word => ` ${word}`)
  const isInWords = ({ padded }: NameForms) =>
    padded.includes(` ${folded}`) || starts.every(start => padded.includes(start))
  const isInside = (name: NameForms, common: number, spaces: number) =>
    (common >= least.inside && name.padded.includes(folded)) ||
    (joined.length >= TELLING && common >= leastInside(least, spaces) && name.joined.includes(joined))
  const kindOf: Look = (name, common, likeness, spaces) => {
    if (common >= least.words && isInWords(name)) return 'words'
    const maySlip = common >= least.slip || likeness >= SURELY_MEANT
    if (maySlip && isSlip(folded, words, name.padded, likeness)) return 'slip'
    if (isInside(name, common, spaces)) return least.insideIs
    return likeness >= PERHAPS_MEANT ? 'like' : undefined
  }
  return (name, common, likeness, spaces) => {
    const kind = kindOf(name, common, likeness, spaces)
    return kind === undefined || atBeginning(name, common, likeness, spaces) !== undefined ? undefined : kind
  }
}

function innerPieces(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)))
}

/** More words than the name has cannot be a typo. */
function isSlip(typed: string, words: readonly string[], padded: string, likeness: number): boolean {
  const end = padded.length - 1
  if (isOneSlip(typed, padded, 2, end)) return true
  let [count, isOneOfThem] = [0, false]
  for (let from = 2; from <= end; ) {
    const space = padded.indexOf(' ', from)
    count += 1
    isOneOfThem ||= isOneSlip(typed, padded, from, space)
    from = space + 1
  }
  return words.length <= count && (likeness >= SURELY_MEANT || isOneOfThem)
}
