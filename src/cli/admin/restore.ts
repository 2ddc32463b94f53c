import { existsSync, rmSync } from 'node:fs'
import { BotError } from '../../errors.ts'
import { databaseName, fileOf, takeServiceLock } from '../../store/engine/engines.ts'
import { printJson, type Verb } from '../shell.ts'
import { contents, copied } from './backup.ts'

type Options = { json?: boolean; db?: string }

export const restore: Verb = (program, shell) => {
  program
    .command('restore')
    .description('check a backup and restore the database from it; never overwrites an existing database')
    .argument('<file>', 'a file that `rounds backup` made')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (file: string, { json, db }: Options) => {
      const url = db ?? shell.databaseUrl()
      const to = fileOf(url)
      refuseIfThere(to)
      const lock = await takeServiceLock(url)
      // The lock made an empty file, to know it by.
      rmSync(to, { force: true })
      if (lock === undefined)
        throw new BotError('served', `Rounds is running on ${databaseName(url)}.`, 'Stop it first.')
      try {
        const report = copied(file, to)
        if (json) return printJson(shell, { database: to, ...report })
        shell.print(
          `${to}: ${contents(report)}. Start Rounds; a backup of an older version is brought up to date then.`,
        )
      } finally {
        await lock.release()
      }
    })
}

/** Leftovers of an earlier database would be applied to the restored one. */
function refuseIfThere(file: string): void {
  const [found] = ['', '-wal', '-shm'].map(end => `${file}${end}`).filter(existsSync)
  if (found === undefined) return
  throw new BotError(
    'exists',
    `${found} exists, and restoring never overwrites a database.`,
    `Stop Rounds, move ${file}, ${file}-wal and ${file}-shm away, then run this again.`,
  )
}
