import { distance } from 'fastest-levenshtein'

/** The nearest of a few words, for "did you mean"; undefined when more than half of it would have to change. */
export function nearestOf(text: string, words: readonly string[]): string | undefined {
  const wanted = text.toLowerCase()
  const ranked = words
    .map(word => ({ word, edits: distance(wanted, word.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const [best] = ranked
  return best !== undefined && best.edits <= Math.max(wanted.length, best.word.length) / 2 ? best.word : undefined
}
