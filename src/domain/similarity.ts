/**
 * How alike two folded texts are, 0 to 1: the share of three-letter pieces that they have in common (Dice's
 * coefficient). A wrong, missing or swapped letter costs a few pieces, wherever it stands.
 */
export function similarity(a: string, b: string): number {
  const [left, right] = [trigrams(a), trigrams(b)]
  const common = [...left].filter(piece => right.has(piece)).length
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size)
}

/** The three-letter pieces of a text, with its edges. */
export function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)))
}
