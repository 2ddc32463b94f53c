import { basename } from 'node:path'
import { counted } from '../../domain/counted.ts'
import { withOrigin } from '../../ingest/files/rejects.ts'
import { openFile, openStream, watched } from '../../ingest/files/source.ts'
import { LOADERS, type LoadedKind } from '../../ingest/load/load.ts'
import type { LoadReport } from '../../ingest/load/loading.ts'
import { inWords } from '../../ingest/storage-trouble.ts'
import { asCsv } from '../../ingest/tables/open-table.ts'
import { namedFacts } from '../../model/named-facts.ts'
import { operatorName } from '../../operator-name.ts'
import { keepYoungGenerationSmall } from '../../startup/small-young-generation.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { retireChurned } from '../../work/outcomes/retire-churned.ts'
import { followLoad } from '../../work/sources/follow-load.ts'
import { usage } from '../arguments.ts'
import { progressBar } from '../progress.ts'
import { settingsOrNone } from '../settings-or-none.ts'
import type { Shell, Verb } from '../shell.ts'
import { importMapped } from './import-mapped.ts'
import { decimalOf, fromOf, type ImportOptions, kindOf, rejectsOf, tell } from './import-options.ts'

export const importVerb: Verb = (program, shell) => {
  program
    .command('import')
    .description('load accounts, people, signals, comments or outcomes from a file: CSV, XLSX, JSON or NDJSON')
    .argument('<what>', 'accounts, people, signals, comments or outcomes; optional with --map')
    .argument('[file]', 'the file; - reads stdin')
    .option('--map <name>', 'what the columns of the file mean: the name of a mapping, or a mapping file')
    .option('--with <file>', 'a second file that the mapping joins, such as accounts for a file of subscriptions')
    .option('--dates <order>', 'with --map, how to read ambiguous dates: day-first or month-first')
    .option('--history', 'treat each row as known when it happened, instead of now: for past data')
    .option('--from <day>', 'for accounts: the values apply from this day on, as known then; later values stay')
    .option('--decimal <sign>', 'the decimal separator of the numbers: . or ,')
    .option('--sheet <name>', 'the sheet of a workbook (default: the first with rows)')
    .option('--complete', 'for people: the file is complete, so anyone not in it has left')
    .option('--retire', 'for outcomes: retire the accounts that churned and were not won back')
    .option('--dry-run', 'show what would be added, changed and rejected; write nothing')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((what: string, file: string | undefined, options: ImportOptions) => {
      keepYoungGenerationSmall()
      if (options.map !== undefined && options.retire)
        throw usage('--retire does not work with --map.', 'It is for `rounds import outcomes FILE`.')
      if (options.map !== undefined && file === undefined) return importMapped(shell, undefined, what, options)
      const kind = kindOf(what)
      if (file === undefined) throw usage('No file was named.', `Write \`rounds import ${kind} FILE\`.`)
      return options.map === undefined
        ? importFile(shell, kind, file, options)
        : importMapped(shell, kind, file, options)
    })
}

async function importFile(shell: Shell, kind: LoadedKind, path: string, options: ImportOptions): Promise<void> {
  if (options.complete && kind !== 'people') {
    throw usage('--complete is for people.', 'Only a file of people can show who has left.')
  }
  if (options.retire && kind !== 'outcomes') {
    throw usage('--retire is for outcomes.', 'To retire one account, write `rounds retire ACCOUNT`.')
  }
  const decimal = decimalOf(options)
  const from = fromOf(shell, kind, options)
  const file = path === '-' ? await openStream('stdin', process.stdin) : await openFile(path)
  const connection = await shell.open(options.db, { mayBeNew: true })
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
  if (!options.dryRun) await retireOrSay(shell, connection, report, options)
  if (report.rejected > 0) shell.exitWith(2)
}

/** Retires churned accounts only if asked; otherwise says how. */
async function retireOrSay(
  shell: Shell,
  { db }: Connection,
  { churned = new Set() }: LoadReport,
  { retire }: ImportOptions,
): Promise<void> {
  if (churned.size === 0) return
  if (!retire) {
    shell.note(`${counted(churned.size, 'account')} churned and stay customers until retired; --retire does that.`)
    return
  }
  const { customers } = shell.settings().routes
  const retired = await retireChurned(db, churned, { customers, by: operatorName(), now: shell.clock() })
  shell.note(`${counted(retired, 'account')} retired.`)
}
