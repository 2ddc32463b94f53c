import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BotError } from '../../errors.ts'
import { openFile } from '../../ingest/files/source.ts'
import { fileDay } from '../../ingest/mapping/file-day.ts'
import { type Looked, lookAtFile } from '../../ingest/proposal/look-at-file.ts'
import { customersLine } from '../../model/mapping/customers-note.ts'
import { mapsFolder } from '../../model/mapping/find-mapping.ts'
import { namedFacts } from '../../model/named-facts.ts'
import { usage } from '../arguments.ts'
import { settingsOrNone } from '../settings-or-none.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'
import { writtenAt } from './import-mapped.ts'
import { datesOf, decimalOf, type ImportOptions } from './import-options.ts'
import { mapText } from './map-text.ts'

type Options = ImportOptions & { save?: string; force?: boolean }

export const map: Verb = (program, shell) => {
  program
    .command('map')
    .description('inspect a file: what it is, what its columns mean, and how its rows would load')
    .argument('<file>', 'CSV in any encoding, XLSX, JSON or NDJSON')
    .option('--save <name>', 'save the mapping, for `rounds import FILE --map NAME`')
    .option('--force', 'replace an existing mapping of that name')
    .option('--with <file>', 'a second file that says which account a row is about')
    .option('--dates <order>', 'how to read ambiguous dates: day-first or month-first')
    .option('--decimal <sign>', 'the decimal separator of ambiguous numbers: . or ,')
    .option('--sheet <name>', 'the sheet of a workbook (default: the first with rows)')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((path: string, options: Options) => lookAt(shell, path, options))
}

async function lookAt(shell: Shell, path: string, options: Options): Promise<void> {
  const { save } = options
  if (save !== undefined && !/^[a-z0-9][a-z0-9_-]*$/i.test(save))
    throw usage(`"${save}" is not a valid name.`, 'Write letters, digits, - and _, such as zendesk-tickets.')
  const settings = settingsOrNone(shell)
  const file = await openFile(path)
  const other = options.with === undefined ? undefined : await openFile(options.with)
  try {
    const connection = await shell.open(options.db, { mayBeNew: true })
    const looked = await lookAtFile(connection.db, file, {
      other,
      sheet: options.sheet,
      dates: datesOf(options),
      decimal: decimalOf(options),
      fileDay: fileDay(path, await writtenAt(path), shell.clock()),
      ofModel: settings === undefined ? new Set() : namedFacts(settings).metrics,
    })
    const folder = mapsFolder(shell.settingsFolder, settings?.sources.maps)
    const saved =
      save === undefined ? undefined : saveMapping(join(folder, `${save}.yaml`), looked, options.force === true)
    if (options.json) printJson(shell, documentOf(looked, path, saved))
    else shell.print(mapText(looked, { path, saved, save, other: options.with }))
    if (looked.problems.length > 0) shell.exitWith(1)
  } finally {
    await file.close()
    await other?.close()
  }
}

/** Throws a `BotError` where the mapping would be of no use, or another bears its name. */
function saveMapping(path: string, { yaml, problems }: Looked, isForced: boolean): string {
  if (problems.length > 0) {
    throw new BotError('undecidable', `Nothing was saved:\n${problems.map(text => `  ${text}`).join('\n')}`)
  }
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, `# What the columns mean: docs/mappings.md has every key.\n${yaml}`, {
      flag: isForced ? 'w' : 'wx',
    })
    return path
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new BotError(
        'mapping_exists',
        `${path} already exists and was not changed.`,
        'Save under another name, or add --force.',
      )
    const reason = error instanceof Error ? error.message : String(error)
    throw new BotError('cannot_write', `${path} cannot be written: ${reason}.`, 'Check the folder of ROUNDS_CONFIG.')
  }
}

function documentOf(
  { table, recognized, label, unread, mapping, preview, problems, remarks, yaml }: Looked,
  path: string,
  saved: string | undefined,
) {
  const { kinds, leftOut, rejected, rows, rejectedRows } = preview
  return {
    file: basename(path),
    form: table.form,
    is: label,
    mapping: recognized ?? null,
    rows,
    columns: table.columns,
    unread,
    becomes: kinds.map(({ kind, count, columns, first }) => ({
      kind,
      count,
      first: first.map(cells => Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))),
    })),
    rejected_rows: rejectedRows,
    rejected,
    left_out: leftOut,
    footer: table.footer.length,
    problems,
    remarks,
    customers: mapping.customers === undefined ? null : customersLine(mapping.customers),
    yaml,
    saved: saved ?? null,
  }
}
