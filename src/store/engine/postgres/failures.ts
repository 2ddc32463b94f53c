import { BotError } from '../../../errors.ts'
import { isStatementForgotten } from '../forgotten-statement.ts'

/** Two transactions were in conflict, or one waited or idled for too long. */
const CONFLICT = ['40001', '40P01', '55P03', '25P03']
const CUT_SHORT = ['57014']
const NO_CONNECTION_LEFT = ['53300']
const UNREACHABLE = [
  ...['57P01', '57P02', '57P03', '57P05'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
]
const GONE = /^(08|57P)|Connection terminated|not queryable|Cannot use a pool|^timeout expired/
/** Said of a server that does not answer, and of a pool in which all connections are in use. */
const POOL_TIMEOUT = 'timeout exceeded when trying to connect'

const FULL = ['53100', '53200']
const DAMAGED = ['XX001', 'XX002']
/** A replica (which knows no serializable transactions either), a server that was set to read only, or an I/O error. */
const READ_ONLY = ['25006', '0A000', '58030']

/** Whether trying again may succeed a little later. */
export function isBusy(error: unknown): boolean {
  if (CONFLICT.includes(codeOf(error))) return true
  return [isUnreachable, hasNoConnection, isCutShort, isStatementForgotten].some(isIt => isIt(error))
}

/** Whether the server is away, or ended the connection. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error)
  return UNREACHABLE.includes(code) || GONE.test(code) || GONE.test(messageOf(error))
}

/** Whether no connection came free in time: of the server's, or of this process's. */
export function hasNoConnection(error: unknown): boolean {
  return isServerFull(error) || messageOf(error).includes(POOL_TIMEOUT)
}

/** Whether the server has no connection left, whatever this process has. */
export function isServerFull(error: unknown): boolean {
  return NO_CONNECTION_LEFT.includes(codeOf(error))
}

/** Whether the server ended a statement because it took too long. */
export function isCutShort(error: unknown): boolean {
  return CUT_SHORT.includes(codeOf(error))
}

export function isFull(error: unknown): boolean {
  return FULL.includes(codeOf(error))
}

export function isDamage(error: unknown): boolean {
  return DAMAGED.includes(codeOf(error))
}

export function isForbidden(error: unknown): boolean {
  return codeOf(error) === '42501'
}

export function isUnwritable(error: unknown): boolean {
  return READ_ONLY.includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Explains an error that the sender of the data can fix; any other stays as it is. */
export function withReason(error: unknown): unknown {
  if (codeOf(error) !== '22021') return error
  return new BotError(
    'bad_text',
    'A text has a NUL character (U+0000), which PostgreSQL does not store.',
    'Remove it and send the data again.',
  )
}

export function damageError(name: string): BotError {
  return new BotError(
    'damaged_database',
    `The database ${name} is damaged.`,
    'Let the log of the server say where; restore a dump or a base backup into another database, and set DATABASE_URL to that.',
  )
}

/** `name` is the database without its password. */
export function cannotOpen(name: string, error: unknown): BotError {
  const hint = hintFor(codeOf(error))
  return new BotError('cannot_open_database', `The database ${name} cannot be opened: ${reasonOf(error)}.`, hint)
}

/** If several addresses were tried, the error has a code and no message. */
export function reasonOf(error: unknown): string {
  return messageOf(error) || codeOf(error)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

function hintFor(code: string): string {
  if (code === '28P01' || code === '28000')
    return 'Check the user and the password in DATABASE_URL, and pg_hba.conf of the server.'
  if (code === '3D000') return 'Create it: createdb --template=template0 --encoding=UTF8 --locale=C NAME.'
  if (code === '53300')
    return 'Close other connections, give each service a smaller DATABASE_POOL, or raise max_connections of the server.'
  if (code === '57P03') return 'Wait until the server has started.'
  return 'Check the host and the port in DATABASE_URL, that the server runs, and its certificate if sslmode is set.'
}
