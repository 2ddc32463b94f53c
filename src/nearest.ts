import { distance } from 'fastest-levenshtein'

/** The nearest of a few words, for "did you mean"; undefined when more than half of it, or `most` letters, would change. */
export function nearestOf(text: string, words: readonly string[], most = Infinity): string | undefined {
  const wanted = text.toLowerCase()
  const ranked = words
    .map(word => ({ word, edits: distance(wanted, word.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const [best] = ranked
  if (best === undefined || best.edits > most) return undefined
  return best.edits <= Math.max(wanted.length, best.word.length) / 2 ? best.word : undefined
}
