import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { MIGRATIONS } from '../../../../migrations/index.ts'
import { BotError } from '../../../errors.ts'
import { type Applied, newerThan } from '../schema/schema-versions.ts'
import { cannotOpen, isDamage } from './failures.ts'

/** What a copy holds, counted in the copy itself. */
export type CopyReport = { readonly accounts: number; readonly signals: number; readonly bytes: number }

/**
 * Copies a whole database as it is now into a new file, while others keep writing. The copy gets its name only after it
 * was checked, and only its owner may read it. Leaves nothing behind if it fails.
 */
export function copyDatabase(from: string, to: string): CopyReport {
  if (existsSync(to)) {
    throw new BotError(
      'exists',
      `${to} exists already, and Rounds never overwrites it.`,
      'Name another file, or move that one away.',
    )
  }
  const draft = `${to}.${process.pid}.draft`
  try {
    reserve(draft)
    writeCopy(from, draft)
    const report = checkCopy(draft)
    settle(draft, to)
    return report
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Creates an empty file that only its owner may read, before anything is written to it. */
function reserve(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BotError(
      'cannot_write',
      `${file} cannot be written: ${reason}.`,
      'Check that the folder exists and that you may write to it.',
    )
  }
}

function writeCopy(from: string, to: string): void {
  const source = openToRead(from)
  try {
    source.prepare('vacuum into ?').run(to)
  } catch (error) {
    if (isDamage(error)) throw notSound(from)
    throw error
  } finally {
    source.close()
  }
}

/** Reads the whole copy, so that one that cannot be restored is found now. */
function checkCopy(file: string): CopyReport {
  const copy = openToRead(file)
  try {
    if (copy.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw notSound(file)
    refuseStranger(copy, file)
    const count = (sql: string) => Number(copy.prepare(sql).pluck().get())
    return {
      accounts: count('select count(*) from accounts'),
      signals: count('select count(*) from signals'),
      bytes: count('pragma page_count') * count('pragma page_size'),
    }
  } finally {
    copy.close()
  }
}

/** Refuses a file that Rounds did not make, or that a newer version made and this one cannot use. */
function refuseStranger(copy: Sqlite.Database, file: string): void {
  const isOurs = copy.prepare("select count(*) from sqlite_schema where name = 'schema_versions'").pluck().get() === 1
  const applied = isOurs ? copy.prepare<[], Applied>('select * from schema_versions order by name').all() : []
  if (applied.length === 0) {
    throw new BotError('not_ours', `${file} is not a database of Rounds.`, 'Name a file that `rounds backup` made.')
  }
  newerThan(MIGRATIONS, applied, file)
}

/** Gives the copy its name once it is on disk. */
function settle(draft: string, to: string): void {
  const file = openSync(draft, 'r')
  fsyncSync(file)
  closeSync(file)
  renameSync(draft, to)
  const folder = openSync(dirname(to), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function openToRead(file: string): Sqlite.Database {
  if (!existsSync(file)) {
    throw new BotError('no_such_file', `There is no file ${file}.`, 'Check its name and its folder.')
  }
  try {
    const sqlite = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    sqlite.prepare('select count(*) from sqlite_schema').get()
    return sqlite
  } catch (error) {
    throw isDamage(error) ? notSound(file) : cannotOpen(file, error)
  }
}

function notSound(file: string): BotError {
  return new BotError('damaged_database', `${file} is damaged; nothing was written.`, 'Take an earlier backup.')
}
