import { resolve } from 'node:path'
import { BotError } from '../../errors.ts'
import { copyTables, refuseDifference } from '../../store/copy/copy-tables.ts'
import type { Connection, ServiceLock } from '../../store/engine/engine.ts'
import { databaseName, fileOf, isPostgresUrl, takeServiceLock } from '../../store/engine/engines.ts'
import { usage } from '../arguments.ts'
import { type OpenOptions, printJson, type Shell, type Verb } from '../shell.ts'

type Options = { to: string; json?: boolean; db?: string }

export const copy: Verb = (program, shell) => {
  program
    .command('copy')
    .description('copy everything into an empty database, from SQLite to PostgreSQL or back, and compare the two')
    .requiredOption('--to <url>', 'the new database; an interrupted copy continues')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database to copy')
    .action(async ({ to, json, db }: Options) => {
      const url = db ?? shell.databaseUrl()
      if (isSame(url, to)) throw usage('Both are the same database.', 'Name another one with --to.')
      const locks: ServiceLock[] = []
      try {
        for (const each of [url, to]) locks.push(await lockOf(each))
        const [source, target] = [
          await openAlone(shell, url),
          await openAlone(shell, to, { mayBeNew: true, mayBeUnfinished: true }),
        ]
        await copyTables(source.db, target.db, ({ table, rows }) => {
          if (rows > 0) shell.note(`${table}: ${rows}`)
        })
        const tables = await refuseDifference(source.db, target.db)
        if (json) return printJson(shell, { tables })
        const rows = tables.reduce((sum, { rows }) => sum + rows, 0)
        shell.print(
          `${databaseName(to)}: ${rows} rows in ${tables.length} tables, each table the same in both. Set DATABASE_URL.`,
        )
      } finally {
        for (const lock of locks) await lock.release()
      }
    })
}

function isSame(url: string, to: string): boolean {
  if (isPostgresUrl(url) || isPostgresUrl(to)) return url === to
  return resolve(fileOf(url)) === resolve(fileOf(to))
}

/** Nobody writes to either while it lasts: a file is locked, and a server says who is there. */
async function lockOf(url: string): Promise<ServiceLock> {
  const lock = await takeServiceLock(url)
  if (lock === undefined) throw served(url)
  return lock
}

async function openAlone(shell: Shell, url: string, options?: OpenOptions): Promise<Connection> {
  const connection = await shell.open(url, options)
  if (isPostgresUrl(url) && (await connection.engine.isServed())) throw served(url)
  return connection
}

function served(url: string): BotError {
  return new BotError('served', `Rounds is running on ${databaseName(url)}.`, 'Stop it first.')
}
