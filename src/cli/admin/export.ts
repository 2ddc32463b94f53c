import Papa from 'papaparse'
import { harmless } from '../../ingest/cells/harmless.ts'
import { type AuditEntry, readAudit } from '../../store/audit/audit.ts'
import { readPersonRecord } from '../../store/people/person-record.ts'
import { usage } from '../arguments.ts'
import { isoTime } from '../score.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { ndjson?: boolean; db?: string }

export const exportVerb: Verb = (program, shell) => {
  program
    .command('export')
    .description('print what is stored, for other programs: the audit log, or all that is stored of one person')
    .argument('<what>', 'audit, or person')
    .argument('[email]', 'whose data, with `person`')
    .option('--ndjson', 'one JSON object a line instead of CSV')
    .option('--db <url>', 'the database')
    .action((what: string, email: string | undefined, options: Options) => {
      if (what === 'audit') return exportAudit(shell, options)
      if (what === 'person' && email !== undefined) return exportPerson(shell, email, options)
      if (what === 'person') throw usage('Say whose data to export.', 'Write `rounds export person EMAIL`.')
      if (['accounts', 'scores', 'alerts', 'signals'].includes(what)) {
        throw usage(`export ${what} is not there yet.`, 'Today Rounds exports audit and person.')
      }
      throw usage(`Rounds cannot export "${what}".`, 'Write audit, or person and an e-mail address.')
    })
}

const COLUMNS = ['at', 'who', 'act', 'subject', 'account', 'was', 'is'] as const

async function exportAudit(shell: Shell, { ndjson, db }: Options): Promise<void> {
  const connection = await shell.open(db)
  const lines = (await readAudit(connection.db, {})).toReversed().map(lineOf)
  if (!ndjson) shell.print(COLUMNS.join(','))
  for (const line of lines) {
    shell.print(ndjson ? JSON.stringify(line) : Papa.unparse([COLUMNS.map(column => harmless(line[column] ?? ''))]))
  }
}

function lineOf({ at, isNow, ...line }: AuditEntry) {
  return { account: undefined, was: undefined, ...line, at: isoTime(at), is: isNow }
}

async function exportPerson(shell: Shell, email: string, { db }: Options): Promise<void> {
  const connection = await shell.open(db)
  printJson(shell, await readPersonRecord(connection.db, email))
}
