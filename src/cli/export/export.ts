import { BotError } from '../../errors.ts'
import { type PersonRecord, readPersonRecord } from '../../store/people/person-record.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'
import { accounts } from './accounts.ts'
import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import { scores } from './scores.ts'
import { signals } from './signals.ts'
import { printTable, type Table } from './table.ts'

type Options = { ndjson?: boolean; since?: string; confidential?: boolean; db?: string }

const TABLES: Readonly<Record<string, Table>> = { accounts, scores, alerts, signals, audit }

export const exportVerb: Verb = (program, shell) => {
  program
    .command('export')
    .description('print stored data as CSV or NDJSON, for other programs')
    .argument('<what>', 'accounts, scores, alerts, signals, audit, or person')
    .argument('[email]', 'with person: whose data')
    .option('--ndjson', 'one JSON object per line instead of CSV')
    .option('--since <day>', 'only scores, alerts, signals and audit lines from this day on')
    .option('--confidential', 'include confidential alerts')
    .option('--db <url>', 'the database')
    .action(async (what: string, email: string | undefined, options: Options) => {
      if (what === 'person') return exportPerson(shell, email, options)
      const table = Object.hasOwn(TABLES, what) ? TABLES[what] : undefined
      if (table === undefined) {
        throw usage(
          `Rounds cannot export "${what}".`,
          `Write ${Object.keys(TABLES).join(', ')}, or person and an e-mail address.`,
        )
      }
      const { ndjson = false, confidential = false, since, db } = options
      const connection = await shell.open(db)
      await printTable(shell, table, ndjson, {
        connection,
        now: shell.clock(),
        since: since === undefined ? 0 : instantArgument('--since', since),
        withConfidential: confidential,
        note: shell.note,
      })
    })
}

async function exportPerson(shell: Shell, email: string | undefined, { db }: Options): Promise<void> {
  if (email === undefined) throw usage('Say whose data to export.', 'Write `rounds export person EMAIL`.')
  const record = await readPersonRecord((await shell.open(db)).db, email)
  if (isNothing(record)) throw new BotError('no_person', `Nothing is stored about ${email}.`, 'Check the spelling.')
  printJson(shell, record)
}

function isNothing(record: PersonRecord): boolean {
  return Object.values(record).every(part => part === null || Object.keys(part).length === 0)
}
