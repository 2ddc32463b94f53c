import { parse } from 'yaml'
import { BotError } from '../../errors.ts'
import { isRefusal } from '../cells/values.ts'
import { cluesOf } from '../clues/clues.ts'
import { profileOf } from '../clues/profile.ts'
import { adapt } from '../mapping/adapt.ts'
import { columnIndex } from '../rules/record-columns.ts'
import type { Table } from '../tables/table.ts'
import type { AccountFinder } from '../translate/account-finder.ts'
import { completed } from './complete.ts'
import { recognize } from './recognize.ts'
import { SHAPES } from './shapes.ts'

type Written = Readonly<Record<string, unknown>>

export type Proposal = {
  /** The mapping of Rounds that the file fits, by its name. */
  readonly recognized?: string
  readonly label: string
  /** The mapping as a file would write it, without the rules of its dates. */
  readonly written: Written
  /** Columns that it does not read. */
  readonly unread: readonly string[]
}

export type Known = {
  readonly finder: AccountFinder
  readonly hasAccounts: boolean
  /** Metrics that the model reads. */
  readonly ofModel: ReadonlySet<string>
}

/** What a file most likely is, and what its columns mean. Throws a `BotError` where nothing can be made of it. */
export async function propose(table: Table, known: Known): Promise<Proposal> {
  const profile = await profileOf(table)
  if (profile.rows === 0) throw await withoutRows(table)
  const clues = cluesOf(profile, known)
  const recognized = recognize(table.columns)
  if (recognized !== undefined) {
    const { needs, ...written } = adapt(parse(recognized.text), table.columns)
    if (hasBlocks(written)) {
      const whole = completed(written, clues, unreadOf(written, table))
      return { recognized: recognized.name, label: recognized.label, written: whole, unread: unreadOf(whole, table) }
    }
  }
  for (const { label, make } of SHAPES) {
    const blocks = make(clues)
    if (blocks !== undefined) return { label, written: { label, ...blocks }, unread: unreadOf(blocks, table) }
  }
  const columns = table.columns.filter(name => name !== '').slice(0, 12)
  throw new BotError(
    'not_understood',
    `${table.name} holds nothing that Rounds recognizes: no column says which account a row is about. Its columns are ${columns.join(', ')}.`,
    'If another file says it, name that file with --with. Else write a mapping by hand: docs/mappings.md.',
  )
}

/** Why there is nothing to look at. */
async function withoutRows(table: Table): Promise<BotError> {
  for await (const batch of table.rows()) {
    const refused = batch.find(row => isRefusal(row))
    if (refused !== undefined && isRefusal(refused))
      return new BotError(
        'no_rows',
        `${table.name} has no row that can be read. Line ${refused.line}: ${refused.reason}.`,
      )
  }
  return new BotError('no_rows', `${table.name} has columns and no rows.`, 'Export it again.')
}

function hasBlocks(written: Written): boolean {
  return ['accounts', 'people', 'signals', 'comments', 'outcomes'].some(block => written[block] !== undefined)
}

function unreadOf(written: Written, { columns }: Table): string[] {
  const read = new Set<number>()
  const index = columnIndex(columns)
  const walk = (value: unknown): void => {
    if (typeof value === 'string') read.add(index(value))
    else if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        read.add(index(key))
        walk(inner)
      }
    }
  }
  walk(written)
  return columns.filter((name, at) => name !== '' && !read.has(at))
}
