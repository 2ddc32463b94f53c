import { FIELDS } from '../../model/mapping/fields.ts'
import type { AccountsBlock, PeopleBlock } from '../../model/mapping/mapping.ts'
import type { Value } from '../../model/mapping/value.ts'
import { isRefusal, type Refusal } from '../cells/values.ts'
import { dayText, LEFT_OUT, type Reader } from './readers.ts'
import { rowFilter } from './row-filter.ts'
import { accountReader, type Translated, type Translation, type Translator } from './translator.ts'

type Field = { readonly name: string; readonly read: Reader<string | number> }

/** An account for each row. One that is found by its name or domain keeps its id and name; else it is new, if there is an id. */
export function translateAccounts(block: AccountsBlock, translation: Translation): Translator {
  const { index, owners } = translation
  const filter = rowFilter(block.only, index)
  const fields = fieldsOf(block, translation)
  const found = block.account === undefined ? undefined : accountReader(block.account, translation)
  const own = fields.filter(({ name }) => name !== 'id' && name !== 'name')
  const [id, name] = [block.id, block.name].map(value => value && translation.readers.text(value))
  const columns = ['id', 'name', ...own.map(({ name }) => name)]
  const identity = (cells: readonly string[]) => {
    const account = found?.(cells)
    const isUnknown = account === undefined || (account !== LEFT_OUT && isRefusal(account))
    if (!isUnknown || id === undefined) return account ?? LEFT_OUT
    const texts = [id(cells), name?.(cells)]
    if (texts.includes(LEFT_OUT)) return LEFT_OUT
    const refused = texts.find(text => typeof text === 'object')
    return refused ?? { id: String(texts[0] ?? ''), name: String(texts[1] ?? '') }
  }
  return {
    columns,
    take(cells) {
      const meant = filter(cells)
      if (meant !== true) return { rows: [], reasons: [], leftOut: meant }
      const account = identity(cells)
      if (account === LEFT_OUT) return { rows: [], reasons: [], leftOut: 'its words leave it out' }
      if (typeof account === 'object' && isRefusal(account)) return { rows: [], reasons: [account.reason] }
      const row = readFields(own, cells)
      if (!('texts' in row)) return row
      const texts = row.texts.map((text, at) => (own[at]?.name === 'owner' && text !== '' ? owners(text) : text))
      return { rows: [[account.id, account.name, ...texts]], reasons: [] }
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
