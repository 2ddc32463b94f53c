/** The three-letter pieces of a text, with its edges: a wrong, missing or swapped letter costs a few of them. */
export function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)))
}

/** How many of these pieces a text has. */
export function countPieces(pieces: ReadonlySet<string>, text: string): number {
  let count = 0
  for (const piece of pieces) if (text.includes(piece)) count += 1
  return count
}

/**
 * Whether one letter is wrong, missing, too many, or two neighbors are swapped between `a` and `b`, or a part of `b`.
 * Words of three letters or more.
 */
export function isOneSlip(a: string, b: string, from = 0, to = b.length): boolean {
  const [left, right] = [a.length, to - from]
  const shorter = Math.min(left, right)
  if (shorter < 3 || Math.abs(left - right) > 1) return false
  const at = (index: number) => b.charCodeAt(from + index)
  let same = 0
  while (same < shorter && a.charCodeAt(same) === at(same)) same += 1
  let rest = 0
  while (rest < shorter - same && a.charCodeAt(left - 1 - rest) === at(right - 1 - rest)) rest += 1
  if (same + rest >= Math.max(left, right) - 1) return true
  const isSwapped = a.charCodeAt(same) === at(same + 1) && a.charCodeAt(same + 1) === at(same)
  return left === right && isSwapped && same + rest === left - 2
}
