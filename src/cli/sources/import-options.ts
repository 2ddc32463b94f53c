import { basename } from 'node:path'
import type { Instant } from '../../domain/time/instant.ts'
import type { DecimalSign } from '../../ingest/cells/numbers.ts'
import { type Rejects, rejectsFile, rejectsSaid } from '../../ingest/files/rejects.ts'
import { LOADED_KINDS, type LoadedKind } from '../../ingest/load/load.ts'
import type { LoadReport } from '../../ingest/load/loading.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Shell } from '../shell.ts'

export type ImportOptions = {
  complete?: boolean
  retire?: boolean
  history?: boolean
  from?: string
  decimal?: string
  dates?: string
  sheet?: string
  map?: string
  with?: string
  dryRun?: boolean
  json?: boolean
  db?: string
}

const MOST_SAID_IN_A_DRY_RUN = 20

export function kindOf(what: string): LoadedKind {
  const kind = LOADED_KINDS.find(kind => kind === what)
  if (kind !== undefined) return kind
  throw usage(
    `Rounds cannot import "${what}".`,
    'Write `rounds import accounts FILE`, or people, signals, comments or outcomes. For an export, `rounds import FILE --map NAME`.',
  )
}

export function fromOf(shell: Shell, kind: LoadedKind, { from }: ImportOptions): Instant | undefined {
  if (from === undefined) return undefined
  if (kind !== 'accounts')
    throw usage(`--from does not work with ${kind}.`, 'It is for accounts; signals have --history.')
  const at = instantArgument('--from', from)
  if (at <= shell.clock()) return at
  throw usage(`--from ${from} is in the future.`, 'Write today or an earlier day.')
}

export function decimalOf({ decimal }: ImportOptions): DecimalSign | undefined {
  if (decimal === undefined || decimal === '.' || decimal === ',') return decimal
  throw usage(`--decimal "${decimal}" is not a valid separator.`, 'Write --decimal . or --decimal ,')
}

/** What the day or the month first means for dates that could be either. */
export function datesOf({ dates }: ImportOptions): 'day-first' | 'month-first' | undefined {
  if (dates === undefined || dates === 'day-first' || dates === 'month-first') return dates
  throw usage(`--dates "${dates}" is not a valid order.`, 'Write --dates day-first or --dates month-first.')
}

export function rejectsOf(shell: Shell, path: string, { dryRun }: ImportOptions): Rejects {
  if (dryRun) return rejectsSaid(shell.note, MOST_SAID_IN_A_DRY_RUN)
  return path === '-' ? rejectsSaid(shell.note) : rejectsFile(rejectsPath(path))
}

function rejectsPath(path: string): string {
  return `${path}.rejects.csv`
}

export function tell(shell: Shell, report: LoadReport, path: string, { json, dryRun }: ImportOptions): void {
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
