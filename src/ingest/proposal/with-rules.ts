import { FIELDS, type FieldKind } from '../../model/mapping/fields.ts'
import { foldColumn } from '../cells/columns.ts'
import type { Fit } from '../rules/fit.ts'

type Written = Readonly<Record<string, unknown>>
type Rules = Pick<Fit, 'dates' | 'decimals'>

/** A mapping as it is written, with the rules of its dates and numbers that the file decided. */
export function withRules(written: Written, rules: Rules): Written {
  return Object.fromEntries(
    Object.entries(written).map(([block, content]) => {
      const fields = FIELDS[block as keyof typeof FIELDS]
      if (fields === undefined) return [block, content]
      const change = (entry: unknown) => entryWithRules(entry as Written, fields, rules)
      return [block, Array.isArray(content) ? content.map(change) : change(content)]
    }),
  )
}

function entryWithRules(entry: Written, fields: Readonly<Record<string, string>>, rules: Rules): Written {
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => {
      const kind = fields[field]?.replace('!', '') as FieldKind | undefined
      if (kind === undefined || value === 'file_day' || typeof value === 'number') return [field, value]
      return [field, valueWithRule(value, kind, rules)]
    }),
  )
}

function valueWithRule(value: unknown, kind: FieldKind, { dates, decimals }: Rules): unknown {
  const long = typeof value === 'string' ? { column: value } : (value as Written)
  const columns = [long.column].flat().filter(name => typeof name === 'string')
  const isDate = kind === 'time' || kind === 'day' || long.days_past === true
  const found = <T>(map: ReadonlyMap<string, T>) => new Set(columns.flatMap(name => map.get(foldColumn(name)) ?? []))
  const date = isDate && long.date === undefined ? found(dates) : new Set()
  // A dot is how numbers are written unless something else is said.
  const decimal = kind === 'number' && long.decimal === undefined ? found(decimals) : new Set()
  const rule = {
    ...(date.size === 1 && { date: [...date][0] }),
    ...(decimal.has(',') && decimal.size === 1 && { decimal: ',' }),
  }
  return Object.keys(rule).length === 0 ? value : { ...long, ...rule }
}
