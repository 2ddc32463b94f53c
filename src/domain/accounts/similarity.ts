/** The three-letter pieces of a text, with its edges: a wrong, missing or swapped letter costs a few of them. */
export function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)))
}

/** Whether one letter is wrong, missing, too many, or two neighbours are swapped. Words of three letters or more. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 3 || Math.abs(a.length - b.length) > 1) return false
  const same = [...a].findIndex((letter, at) => letter !== b[at])
  const start = same < 0 ? Math.min(a.length, b.length) : same
  const [left, right] = [a.slice(start), b.slice(start)]
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0])
  )
}
