import { BotError } from '../../../errors.ts'

export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

/** Throws a `BotError` without the address: what is wrong may be a character of the password. */
export function refuseMistyped(url: string): void {
  if (URL.canParse(url)) return
  throw new BotError(
    'bad_database_url',
    'The address of the database begins with postgres:// but is not valid.',
    'Write postgres://USER:PASSWORD@HOST:5432/DATABASE; in the password, write %40 for @, %2F for / and %3A for :.',
  )
}
