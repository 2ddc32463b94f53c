/** What somebody wrote, quoted back to them. */
export function quoted(text: string): string {
  return `"${shortText(text)}"`
}

const LONGEST = 60

/** On one line, without invisible characters, and truncated. */
export function shortText(text: string): string {
  const seen = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()]
  return seen.length > LONGEST
    ? `${seen
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : seen.join('')
}
