import { columnIndex } from '../rules/record-columns.ts'

type Written = Readonly<Record<string, unknown>>

/**
 * A mapping as it is written, without what reads columns that the file lacks: those that come with Rounds name all that
 * an export may have. Signals, comments and outcomes that lose something they need go whole.
 */
export function adapt(written: Written, columns: readonly string[]): Written {
  const index = columnIndex(columns)
  const has = (name: string) => columns[index(name)]
  const { accounts, people, signals, comments, outcomes, ...rest } = written
  const block = (value: unknown, needed: readonly string[]) => adaptBlock(value, needed, has)
  const list = (value: unknown, needed: readonly string[]) =>
    (Array.isArray(value) ? value : []).flatMap(entry => block(entry, needed) ?? [])
  const kept = {
    accounts: withOneId(block(accounts, ['id', 'account'])),
    people: block(people, ['email']),
    signals: list(signals, ['account', 'value', 'at', 'of', 'metric', 'metrics']),
    comments: list(comments, ['account', 'text', 'at']),
    outcomes: list(outcomes, ['account', 'outcome', 'on']),
  }
  const filled = Object.entries(kept).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  const { customers, ...others } = rest
  // Who is a customer is asked of the stage; without it nothing is.
  const asks = customers !== undefined && kept.accounts?.lifecycle !== undefined
  return { ...others, ...(asks && { customers }), ...Object.fromEntries(filled) }
}

/** The column as the file writes it; undefined where there is none. */
type Has = (name: string) => string | undefined

/** Of several columns that may be the id, the file's first: what is empty there must not become another id. */
function withOneId(block: Written | undefined): Written | undefined {
  const id = block?.id as { column?: unknown } | string | undefined
  if (typeof id !== 'object' || !Array.isArray(id.column)) return block
  return { ...block, id: id.column[0] }
}

/** Undefined where a needed field was there and nothing of it is left. */
function adaptBlock(entry: unknown, needed: readonly string[], has: Has): Written | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const kept: Record<string, unknown> = {}
  if ('only' in entry && !canAsk(entry.only, has)) return undefined
  for (const [field, value] of Object.entries(entry)) {
    const adapted = adaptField(field, value, has)
    if (adapted !== undefined) kept[field] = adapted
    else if (needed.includes(field)) return undefined
  }
  return kept
}

/** Whether a condition finds a column for each thing that it asks for; what it only excludes may be missing. */
function canAsk(only: unknown, has: Has): boolean {
  return [only].flat().every(clause => {
    const { column, is_not, none_of, lacks } = clause as Written
    return (
      [is_not, none_of, lacks].some(excluded => excluded !== undefined) ||
      [column].flat().some(name => has(String(name)) !== undefined)
    )
  })
}

const PLAIN = new Set(['take', 'over', 'when_none', 'only'])

function adaptField(field: string, value: unknown, has: Has): unknown {
  if (PLAIN.has(field) || value === 'file_day' || typeof value === 'number') return value
  // The name of a metric is not a column.
  if (field === 'metric' && typeof value === 'string') return value
  if (field === 'attributes') {
    const left = entries(value, inner => adaptValue(inner, has))
    return Object.keys(left).length === 0 ? undefined : left
  }
  if (field === 'metrics') {
    const left = Object.entries(value as Written).flatMap(([column, metric]) => {
      const name = has(column)
      return name === undefined ? [] : [[name, metric] as const]
    })
    return left.length === 0 ? undefined : Object.fromEntries(left)
  }
  if (field !== 'account') return adaptValue(value, has)
  const refs = (Array.isArray(value) ? value : [value]).flatMap((ref): unknown[] => {
    if (typeof ref === 'string') return [has(ref) ?? []].flat()
    const adapted = entries(ref, (inner, key) => (key === 'attribute' ? inner : adaptValue(inner, has)))
    return Object.keys(adapted).length === Object.keys(ref as object).length ? [adapted] : []
  })
  return refs.length === 0 ? undefined : refs.length === 1 ? refs[0] : refs
}

function adaptValue(value: unknown, has: Has): unknown {
  if (typeof value === 'string') return has(value)
  if (typeof value !== 'object' || value === null) return value
  const { column, ...rest } = value as Written
  if (column === undefined) return value
  const found = [column].flat().flatMap(name => (typeof name === 'string' ? (has(name) ?? []) : []))
  const distinct = [...new Set(found)]
  if (distinct.length === 0) return 'value' in rest ? rest : undefined
  const only = distinct.length === 1 ? distinct[0] : distinct
  return Object.keys(rest).length === 0 && typeof only === 'string' ? only : { column: only, ...rest }
}

function entries(value: unknown, change: (inner: unknown, key: string) => unknown): Written {
  return Object.fromEntries(
    Object.entries(value as Written).flatMap(([key, inner]) => {
      const changed = change(inner, key)
      return changed === undefined ? [] : [[key, changed] as const]
    }),
  )
}
