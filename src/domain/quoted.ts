/** What somebody wrote, said back to them in quotes. */
export function quoted(text: string): string {
  return `"${brief(text)}"`
}

const LONGEST = 60

/** On one line, without what no eye sees, and cut. */
export function brief(text: string): string {
  const seen = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()]
  return seen.length > LONGEST
    ? `${seen
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : seen.join('')
}
