import { FIELDS } from '../../model/mapping/fields.ts'
import type { AccountsBlock, PeopleBlock } from '../../model/mapping/mapping.ts'
import type { Value } from '../../model/mapping/value.ts'
import { isRefusal, type Refusal } from '../files/values.ts'
import { dayText, LEFT_OUT, type Reader } from './readers.ts'
import { rowFilter } from './row-filter.ts'
import { accountReader, type Translated, type Translation, type Translator } from './translator.ts'

type Field = { readonly name: string; readonly read: Reader<string | number> }

/** An account for each row; one that is found by its name or domain keeps the name that it has. */
export function translateAccounts(block: AccountsBlock, translation: Translation): Translator {
  const { index, owners } = translation
  const filter = rowFilter(block.only, index)
  const fields = fieldsOf(block, translation)
  const found = block.account === undefined ? undefined : accountReader(block.account, translation)
  const hasName = fields.some(({ name }) => name === 'name')
  const extra = found === undefined ? [] : ['id', ...(hasName ? [] : ['name'])]
  const columns = [...extra, ...fields.map(({ name }) => name)]
  return {
    columns,
    take(cells) {
      const meant = filter(cells)
      if (meant !== true) return { rows: [], reasons: [], leftOut: meant }
      const account = found?.(cells)
      if (account === LEFT_OUT) return { rows: [], reasons: [], leftOut: 'its words leave it out' }
      if (account !== undefined && isRefusal(account)) return { rows: [], reasons: [account.reason] }
      const row = readFields(fields, cells)
      if (!('texts' in row)) return row
      const texts = row.texts.map((text, at) => (fields[at]?.name === 'owner' && text !== '' ? owners(text) : text))
      if (account === undefined) return { rows: [texts], reasons: [] }
      const own = hasName ? texts.map((text, at) => (fields[at]?.name === 'name' ? account.name : text)) : texts
      return { rows: [[account.id, ...(hasName ? [] : [account.name]), ...own]], reasons: [] }
    },
    end: () => [],
  }
}

export function translatePeople(block: PeopleBlock, translation: Translation): Translator {
  const filter = rowFilter(block.only, translation.index)
  const fields = (Object.keys(FIELDS.people) as (keyof PeopleBlock & string)[]).flatMap(name => {
    const value = block[name] as Value | undefined
    return value === undefined ? [] : [{ name, read: translation.readers.text(value) }]
  })
  return {
    columns: fields.map(({ name }) => name),
    take(cells) {
      const meant = filter(cells)
      if (meant !== true) return { rows: [], reasons: [], leftOut: meant }
      const row = readFields(fields, cells)
      return 'texts' in row ? { rows: [row.texts], reasons: [] } : row
    },
    end: () => [],
  }
}

function fieldsOf(block: AccountsBlock, { readers, index }: Translation): Field[] {
  // A column that the file lacks changes nothing; an empty one would clear.
  const isThere = ({ column, value }: Value) => value !== undefined || column.some(name => index(name) !== -1)
  const known = Object.entries(FIELDS.accounts).flatMap(([name, kind]): Field[] => {
    const value = block[name as 'id']
    if (value === undefined || !isThere(value)) return []
    if (kind === 'number') return [{ name, read: readers.number(value, name) }]
    if (kind !== 'day') return [{ name, read: readers.text(value) }]
    const instant = readers.instant(value)
    return [{ name, read: cells => asDay(instant(cells)) }]
  })
  const attributes = Object.entries(block.attributes).flatMap(([name, value]): Field[] => {
    if (!isThere(value)) return []
    const isNumber = value.decimal !== undefined || value.times !== undefined || value.days_past === true
    return [{ name, read: isNumber ? readers.number(value, name) : readers.text(value) }]
  })
  return [...known, ...attributes]
}

function asDay(at: number | undefined | Refusal | typeof LEFT_OUT) {
  return typeof at === 'number' ? dayText(at).slice(0, 10) : at
}

function readFields(fields: readonly Field[], cells: readonly string[]): Translated | { readonly texts: string[] } {
  const [texts, reasons]: [string[], string[]] = [[], []]
  for (const { read } of fields) {
    const value = read(cells)
    if (value === LEFT_OUT) return { rows: [], reasons: [], leftOut: 'its words leave it out' }
    if (typeof value === 'object') reasons.push(value.reason)
    texts.push(value === undefined || typeof value === 'object' ? '' : String(value))
  }
  return reasons.length > 0 ? { rows: [], reasons } : { texts }
}
