import { counted } from '../../domain/counted.ts'
import { inWords } from '../../ingest/storage-trouble.ts'
import { type CopyReport, copyDatabase, fileOf } from '../../store/engine/engines.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { json?: boolean; db?: string }

export const backup: Verb = (program, shell) => {
  program
    .command('backup')
    .description('copy the whole database into a new file, even while the service runs, and check the copy')
    .argument('<file>', 'the new file; an existing file is never overwritten')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((file: string, { json, db }: Options) => {
      const report = copied(fileOf(db ?? shell.databaseUrl()), file)
      if (json) return printJson(shell, { file, ...report })
      shell.print(`${file}: ${contents(report)}. It was read back and is intact.`)
    })
}

/** The copy, or in words why there is none. */
export function copied(from: string, to: string): CopyReport {
  try {
    return copyDatabase(from, to)
  } catch (error) {
    throw inWords(error)
  }
}

export function contents({ accounts, signals, bytes }: CopyReport): string {
  const size = (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })
  return `${counted(accounts, 'account')}, ${counted(signals, 'signal')}, ${size} MB`
}
