import { BotError } from '../../../errors.ts'
import { databaseName } from '../database-name.ts'

/** The path in `sqlite:./rounds.db`. */
export function fileOf(url: string): string {
  if (/^postgres(ql)?:/.test(url)) {
    throw new BotError(
      'not_a_file',
      `The database ${databaseName(url)} is a PostgreSQL server, not a file.`,
      'Copy it with pg_dump and pg_restore: see docs/operating.md.',
    )
  }
  if (!url.startsWith('sqlite:') || url.length === 'sqlite:'.length) {
    throw new BotError(
      'bad_database_url',
      `"${databaseName(url)}" is not a database that Rounds can open.`,
      'Write sqlite: and a file, such as sqlite:./rounds.db, or postgres://USER:PASSWORD@HOST:5432/DATABASE.',
    )
  }
  return url.slice('sqlite:'.length)
}
