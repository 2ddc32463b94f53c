import { BotError } from '../../../errors.ts'

/** Whether a failure only means that another process is writing. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code))
}

/** Whether a failure only means that the disk is full now. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_FULL')
}

/** Whether a failure means that the file cannot be written at all. */
export function isUnwritable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(String(error.code))
}

/** Whether a failure means that the file itself is broken. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT')
}

export function damageError(name: string): BotError {
  const file = name.replace(/^sqlite:/, '')
  return new BotError(
    'damaged_database',
    `The database ${file} is damaged.`,
    `Put a backup in its place, or save what can be read: sqlite3 ${file} .recover | sqlite3 recovered.db. Nothing was changed.`,
  )
}

export function cannotOpen(file: string, error: unknown): BotError {
  if (isDamage(error)) return damageError(file)
  const reason = error instanceof Error ? error.message : String(error)
  return new BotError(
    'cannot_open_database',
    `The database ${file} cannot be opened: ${reason}.`,
    'Check that the folder exists, that you may write to it, and that the file is an SQLite database.',
  )
}
