import { BotError } from '../../../errors.ts'

/** Somebody waited too long, the server has no connection left, or it is gone for now. */
const NOT_NOW = [
  ...['40001', '40P01', '55P03'],
  ...['57014', '53300', '57P01', '57P02', '57P03', '25P03', '57P05'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
]
const GONE = /^(08|57P)|Connection terminated|timeout exceeded when trying to connect|not queryable|Cannot use a pool/

const FULL = ['53100', '53200']
const DAMAGED = ['XX001', 'XX002']
/** A replica, or a server that was set to read only. */
const READ_ONLY = ['25006', '58030']

export function isBusy(error: unknown): boolean {
  return (
    NOT_NOW.includes(codeOf(error)) || GONE.test(codeOf(error)) || (error instanceof Error && GONE.test(error.message))
  )
}

export function isFull(error: unknown): boolean {
  return FULL.includes(codeOf(error))
}

export function isDamage(error: unknown): boolean {
  return DAMAGED.includes(codeOf(error))
}

export function isUnwritable(error: unknown): boolean {
  return READ_ONLY.includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** What the sender of the data can change, in words. */
export function inASentence(error: unknown): unknown {
  if (codeOf(error) !== '22021') return error
  return new BotError(
    'bad_text',
    'A text has a NUL character (U+0000), which PostgreSQL does not store.',
    'Remove it and send the data again.',
  )
}

/** `name` is the database without its password. */
export function cannotOpen(name: string, error: unknown): BotError {
  const hint = hintFor(codeOf(error))
  return new BotError('cannot_open_database', `The database ${name} cannot be opened: ${reasonOf(error)}.`, hint)
}

/** Where several addresses were tried, the failure has a code and no words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : codeOf(error)
}

function hintFor(code: string): string {
  if (code === '28P01' || code === '28000')
    return 'Check the user and the password in DATABASE_URL, and pg_hba.conf of the server.'
  if (code === '3D000') return 'Create it: createdb --template=template0 --encoding=UTF8 --locale=C NAME.'
  return 'Check the host and the port in DATABASE_URL, that the server runs, and its certificate if sslmode is set.'
}
