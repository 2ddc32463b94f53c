/** What a file may have of a chat platform. */
export type KnownPlatform = {
  /** A file of people holds the ids that people have there in a column of this name and `_id`. */
  readonly name: string
  /** What people wrote, without what the platform puts around mentions and links. */
  withoutMarkup(text: string): string
}

export function userIdColumn({ name }: KnownPlatform): string {
  return `${name}_id`
}
