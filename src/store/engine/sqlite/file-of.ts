import { BotError } from '../../../errors.ts'

/** The path in `sqlite:./rounds.db`. */
export function fileOf(url: string): string {
  if (!url.startsWith('sqlite:') || url.length === 'sqlite:'.length) {
    throw new BotError(
      'bad_database_url',
      `"${url}" is not a database that Rounds can open.`,
      'Write sqlite: and a file, such as sqlite:./rounds.db.',
    )
  }
  return url.slice('sqlite:'.length)
}
