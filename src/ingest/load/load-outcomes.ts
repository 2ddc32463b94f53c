import { counted } from '../../domain/counted.ts'
import type { Outcome } from '../../domain/outcomes/outcome.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes, saveOutcomes } from '../../store/outcomes/outcomes.ts'
import { firstSignals } from '../../store/scoring/first-signals.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import type { Note } from '../files/notes.ts'
import { OUTCOME_COLUMNS, outcomeInRow } from '../outcomes.ts'
import { loadRows } from './load-rows.ts'
import type { Load, LoadReport } from './loading.ts'

export async function loadOutcomes(load: Load): Promise<LoadReport> {
  const { connection, source, rejects, now, isHistory = false, decimal } = load
  const csv = await readCsv(source, OUTCOME_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: OUTCOME_COLUMNS, columns: ['arr'], decimal })
  const accounts = await findAccountKeys(connection.db)
  const reception = { accounts, now, isHistory }
  const seen: Outcome[] = []
  const report = await loadRows(csv, rejects, {
    size: 500,
    numbers,
    read: row => outcomeInRow(csv, row, reception, numbers),
    save(rows, later) {
      seen.push(...rows)
      return saveOutcomes(connection.db, rows, { isHistory, later })
    },
  })
  const ids = new Map([...accounts].map(([id, key]) => [key, id]))
  const notes = [
    ...nearMisses(csv, OUTCOME_COLUMNS.known, 'is not read'),
    ...(await outcomeNotes(connection, seen, account => ids.get(account) ?? '')),
  ]
  const churned = new Set(seen.filter(({ kind }) => kind === 'churned').map(({ account }) => account))
  return { ...report, notes, churned }
}

/** Likely mistakes in outcomes that were loaded all the same; for every door. */
export async function outcomeNotes(
  { db }: Pick<Connection, 'db'>,
  outcomes: readonly Outcome[],
  idOf: (account: number) => string,
): Promise<Note[]> {
  return [...(await beforeSignals(db, outcomes, idOf)), ...(await severalKinds(db, outcomes, idOf))]
}

type Database = Connection['db']
type IdOf = (account: number) => string

async function beforeSignals(db: Database, outcomes: readonly Outcome[], idOf: IdOf): Promise<Note[]> {
  const firsts = await firstSignals(db)
  const early = outcomes.filter(({ account, on }) => (firsts.get(account) ?? Infinity) > Date.parse(on))
  const [first] = early
  if (first === undefined) return []
  const one = early.length === 1
  const text = `${counted(early.length, 'outcome')} ${one ? 'lies' : 'lie'} before the first signal of ${one ? 'its account' : 'their accounts'}: a score then rests on attributes alone, if there is one.`
  return [{ kind: 'before_signals', text, count: early.length, example: `${idOf(first.account)} ${first.on}` }]
}

/** Counted over the days that were sent, whatever was stored of them before. */
async function severalKinds(db: Database, outcomes: readonly Outcome[], idOf: IdOf): Promise<Note[]> {
  const days = new Set(outcomes.map(({ account, on }) => `${account} ${on}`))
  const kinds = new Map<string, Set<string>>()
  for (const { account, on, kind } of days.size === 0 ? [] : await listOutcomes(db)) {
    const day = `${account} ${on}`
    if (days.has(day)) kinds.set(day, (kinds.get(day) ?? new Set()).add(kind))
  }
  const several = [...kinds].filter(([, kinds]) => kinds.size > 1).map(([day]) => day)
  const [first] = several
  if (first === undefined) return []
  const [account = '', on = ''] = first.split(' ')
  const text = `${counted(several.length, 'account has', 'accounts have')} outcomes of several kinds on one day: the worse one counts.`
  return [{ kind: 'several_kinds', text, count: several.length, example: `${idOf(Number(account))} ${on}` }]
}
