/** Common setup mistakes; all empty if there are none. */
export type SetUp = {
  /** There is no account at all. */
  readonly isEmpty: boolean
  /** Placeholders of the examples that are still in the settings or the environment, each with its place. */
  readonly placeholders: readonly { readonly where: string; readonly text: string }[]
  /** What would go to a platform that is off, as `digest morning` or `routes`. */
  readonly offPlatforms: readonly { readonly what: string; readonly to: string; readonly platform: string }[]
}

/** Texts that examples and instructions use as placeholders. */
const PLACEHOLDER = /you@example\.com|ops@example\.com|your-|changeme/i

/** `more` are those of the platforms. */
export function placeholderIn(text: string, more: readonly RegExp[]): string | undefined {
  const [first] = [PLACEHOLDER, ...more].flatMap(placeholder => placeholder.exec(text)?.[0] ?? [])
  return first
}
