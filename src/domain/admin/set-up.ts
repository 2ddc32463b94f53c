/** What a person can get wrong when they set Rounds up; all empty when nothing is. */
export type SetUp = {
  /** There is no account at all. */
  readonly isEmpty: boolean
  /** What stands in the settings or the environment as the examples have it, each with where. */
  readonly placeholders: readonly { readonly where: string; readonly text: string }[]
  /** What would go to a platform that is off, as `digest morning` or `routes`. */
  readonly offPlatforms: readonly { readonly what: string; readonly to: string; readonly platform: string }[]
}

/** Texts that examples and instructions have in place of something of one's own. */
const PLACEHOLDER = /you@example\.com|ops@example\.com|your-|changeme/i

/** `more` are those of the platforms. */
export function placeholderIn(text: string, more: readonly RegExp[]): string | undefined {
  const [first] = [PLACEHOLDER, ...more].flatMap(placeholder => placeholder.exec(text)?.[0] ?? [])
  return first
}
