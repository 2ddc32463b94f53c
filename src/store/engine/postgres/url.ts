import { BotError } from '../../../errors.ts'

/** What a PostgreSQL database is called in a sentence: where it is, without the user and the password. */
export function nameOf(url: string): string {
  const { hostname, port, pathname } = parsed(url)
  return `postgres://${hostname}${port === '' ? '' : `:${port}`}${pathname}`
}

export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

function parsed(url: string): URL {
  if (URL.canParse(url)) return new URL(url)
  throw new BotError(
    'bad_database_url',
    'DATABASE_URL begins with postgres:// but is not a valid address.',
    'Write postgres://USER:PASSWORD@HOST:5432/DATABASE; in the password, write %40 for @, %2F for / and %3A for :.',
  )
}
