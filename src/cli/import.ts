import { basename } from 'node:path'
import type { Instant } from '../domain/time/instant.ts'
import type { DecimalSign } from '../ingest/files/numbers.ts'
import { type Rejects, rejectsFile, rejectsSaid, withOrigin } from '../ingest/files/rejects.ts'
import { openFile, openStream, watched } from '../ingest/files/source.ts'
import { LOADED_KINDS, LOADERS, type LoadedKind } from '../ingest/load/load.ts'
import type { LoadReport } from '../ingest/load/loading.ts'
import { inWords } from '../ingest/storage-trouble.ts'
import { asCsv } from '../ingest/tables/open-table.ts'
import { namedFacts } from '../model/named-facts.ts'
import { operatorName } from '../operator-name.ts'
import { followLoad } from '../work/sources/follow-load.ts'
import { instantArgument, usage } from './arguments.ts'
import { progressBar } from './progress.ts'
import { settingsOrNone } from './settings-or-none.ts'
import { printJson, type Shell, type Verb } from './shell.ts'

type Options = {
  complete?: boolean
  history?: boolean
  from?: string
  decimal?: string
  sheet?: string
  dryRun?: boolean
  json?: boolean
  db?: string
}

const MOST_SAID_IN_A_DRY_RUN = 20

export const importVerb: Verb = (program, shell) => {
  program
    .command('import')
    .description('load accounts, people, signals, comments or outcomes from a file: CSV, XLSX, JSON or NDJSON')
    .argument('<what>', 'accounts, people, signals, comments or outcomes')
    .argument('<file>', 'the file; - is stdin')
    .option('--history', 'count each signal, comment and outcome as received when it happened, instead of now')
    .option(
      '--from <day>',
      'for accounts: the values in the file apply from this day on, as recorded then; later values stay',
    )
    .option('--decimal <sign>', 'the decimal separator of the numbers in the file: . or ,')
    .option('--sheet <name>', 'the sheet of a workbook; else the first with rows')
    .option('--complete', 'for people: the file is complete, and anyone not in it has left')
    .option('--dry-run', 'say what would be added, changed and rejected, and write nothing')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((what: string, file: string, options: Options) => importFile(shell, kindOf(what), file, options))
}

async function importFile(shell: Shell, kind: LoadedKind, path: string, options: Options): Promise<void> {
  if (options.complete && kind !== 'people') {
    throw usage('--complete is for people.', 'Only a file of people can show who has left.')
  }
  const decimal = decimalOf(options)
  const from = fromOf(shell, kind, options)
  const file = path === '-' ? await openStream('stdin', process.stdin) : await openFile(path)
  const connection = await shell.open(options.db)
  const bar = progressBar(shell, basename(path), file.size, 'bytes')
  const source = await asCsv({ ...file, chunks: watched(file.chunks, bytes => bar.advance(bytes)) }, options)
  const rejects = withOrigin(rejectsOf(shell, path, options), source.origin)
  const dryRun = options.dryRun ? await connection.engine.dryRun() : undefined
  const isHistory = options.history === true
  const settings = settingsOrNone(shell)
  const facts = settings && namedFacts(settings)
  const isComplete = options.complete === true
  const { platforms } = shell
  const load = {
    connection,
    source,
    rejects,
    now: shell.clock(),
    isHistory,
    isComplete,
    decimal,
    from,
    facts,
    platforms,
  }
  let report: LoadReport
  try {
    report = await LOADERS[kind](load)
  } catch (error) {
    throw inWords(error)
  } finally {
    bar.stop()
    await file.close()
    rejects.close()
    await dryRun?.end()
  }
  if (!options.dryRun) {
    const subject = path === '-' ? 'stdin' : basename(path)
    await followLoad(connection.db, { kind, subject, who: operatorName(), settings }, report, shell.clock())
  }
  tell(shell, report, path, options)
  if (report.rejected > 0) shell.exitWith(2)
}

function kindOf(what: string): LoadedKind {
  const kind = LOADED_KINDS.find(kind => kind === what)
  if (kind !== undefined) return kind
  throw usage(`Rounds cannot import "${what}".`, 'Write accounts, people, signals, comments or outcomes.')
}

function fromOf(shell: Shell, kind: LoadedKind, { from }: Options): Instant | undefined {
  if (from === undefined) return undefined
  if (kind !== 'accounts')
    throw usage(`--from does not work with ${kind}.`, 'It is for accounts; signals have --history.')
  const at = instantArgument('--from', from)
  if (at <= shell.clock()) return at
  throw usage(`--from ${from} is in the future.`, 'Write today or an earlier day.')
}

function decimalOf({ decimal }: Options): DecimalSign | undefined {
  if (decimal === undefined || decimal === '.' || decimal === ',') return decimal
  throw usage(`--decimal ${decimal} is not a decimal separator.`, 'Write --decimal . or --decimal ,')
}

function rejectsOf(shell: Shell, path: string, { dryRun }: Options): Rejects {
  if (dryRun) return rejectsSaid(shell.note, MOST_SAID_IN_A_DRY_RUN)
  return path === '-' ? rejectsSaid(shell.note) : rejectsFile(rejectsPath(path))
}

function rejectsPath(path: string): string {
  return `${path}.rejects.csv`
}

function tell(shell: Shell, report: LoadReport, path: string, { json, dryRun }: Options): void {
  const { read, added, changed, unchanged, rejected, notes, left } = report
  const outcomes = { read, added, changed, unchanged, rejected, ...(left !== undefined && { left }) }
  for (const { text } of notes) shell.note(text)
  if (json) {
    printJson(shell, { ...outcomes, notes })
    return
  }
  const counts = Object.entries(outcomes)
    .map(([outcome, count]) => `${count.toLocaleString('en')} ${outcome}`)
    .join(', ')
  const where = rejected > 0 && !dryRun && path !== '-' ? `, see ${rejectsPath(path)}` : ''
  shell.print(`${path === '-' ? 'stdin' : basename(path)}: ${counts}${where}${dryRun ? '; nothing was written' : ''}`)
}
