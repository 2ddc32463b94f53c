import { coreOfName, foldSpelling } from './name-fold.ts'

/** A name in a text, and the words of the text that are not of it. */
export type NameInText<T> = { readonly items: readonly T[]; readonly first: number; readonly last: number }

/** Longer names are not searched for, nor texts beyond this many words. */
const LONGEST_NAME = 6
const MOST_WORDS = 40
const LONGEST_WORD = 60

export function wordsOf(text: string): string[] {
  return text
    .split(/\s+/u)
    .map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').replace(/['’]s$/iu, ''))
    .filter(word => word !== '')
    .slice(0, MOST_WORDS)
}

/**
 * The names that a text contains as whole words, longest first, none within another. `called` returns what has exactly
 * that name, folded; a word that everybody uses is not a name by itself.
 */
export function namesIn<T>(words: readonly string[], called: (core: string) => readonly T[]): NameInText<T>[] {
  const found: NameInText<T>[] = []
  for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length -= 1) {
    for (let first = 0; first + length <= words.length; first += 1) {
      const last = first + length - 1
      if (found.some(name => first <= name.last && name.first <= last)) continue
      const phrase = words.slice(first, last + 1)
      if (phrase.some(word => word.length > LONGEST_WORD)) continue
      const core = coreOfName(foldSpelling(phrase.join(' ')))
      if (core === '' || (length === 1 && COMMON.has(core))) continue
      const items = called(core)
      if (items.length > 0) found.push({ items, first, last })
    }
  }
  return found.sort((a, b) => a.first - b.first)
}

/** Whether a word is common in questions. */
export function isCommonWord(word: string): boolean {
  return COMMON.has(foldSpelling(word))
}

/** As folded as names are. */
const COMMON = new Set(
  [
    'a about account accounts all an and any are as at be been can customer customers did do does doing done for from',
    'give go going good had happen happened happening has have health healthy hey hi how i in is it last look looking me',
    'month my new next now of ok on or our please quarter risk score show since so status tell than that the their them',
    'they this to today up update us was we week were what when where which who why will with year yesterday you your',
  ].flatMap(line => line.split(' ').map(word => foldSpelling(word))),
)
