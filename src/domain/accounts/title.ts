/** `at_risk` -> `At risk`: the words for an id that has no label. */
export function titleOf(id: string): string {
  const words = id.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
