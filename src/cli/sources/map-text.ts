import { basename } from 'node:path'
import { counted } from '../../domain/counted.ts'
import type { Looked } from '../../ingest/proposal/look-at-file.ts'
import type { Counted } from '../../ingest/proposal/preview.ts'
import { customersLine } from '../../model/mapping/customers-note.ts'

type Asked = {
  readonly path: string
  readonly saved: string | undefined
  readonly save: string | undefined
  readonly other: string | undefined
}

/** What was seen in a file, as `rounds map` says it. */
export function mapText(looked: Looked, asked: Asked): string {
  const { table, label, recognized, preview, unread, mapping, remarks, problems } = looked
  const parts = [
    [
      `${basename(asked.path)} is ${table.form}: ${counted(preview.rows, 'row')}, ${counted(table.columns.length, 'column')}.`,
      recognized === undefined
        ? `It looks like: ${label}.`
        : `It looks like: ${label}, for which Rounds has the mapping ${recognized}.`,
    ],
    problems.map(text => `! ${text}`),
    ...preview.kinds.map(({ kind, columns, count, first }) => [
      `${count === 1 ? `1 ${ONE[kind]}` : `${count.toLocaleString('en')} ${kind}`}${count === 0 ? '' : ', the first as they would load:'}`,
      ...first.slice(0, 3).map(cells => `  ${rowText(columns, cells)}`),
    ]),
    reasons(`${counted(preview.rejectedRows, 'row')} would be rejected:`, preview.rejected),
    reasons('Left out:', preview.leftOut),
    table.footer.length === 0
      ? []
      : [
          `${counted(table.footer.length, 'line')} below the rows ${table.footer.length === 1 ? 'is a footer and is' : 'are a footer and are'} left out.`,
        ],
    unread.length === 0
      ? []
      : [`Not read: ${unread.slice(0, 30).join(', ')}${unread.length > 30 ? ` and ${unread.length - 30} more` : ''}.`],
    remarks,
    mapping.customers === undefined
      ? []
      : [`Not all of them may be customers. For routes.yaml: ${customersLine(mapping.customers)}`],
    [nextStep(looked, asked)],
    asked.saved === undefined ? ['The mapping:', looked.yaml.trimEnd()] : [],
  ]
  return parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

const ONE = {
  accounts: 'account',
  people: 'person',
  signals: 'signal',
  comments: 'comment',
  outcomes: 'outcome',
} as const

function rowText(columns: readonly string[], cells: readonly string[]): string {
  return columns
    .flatMap((column, at) => {
      const cell = (cells[at] ?? '').replace(/T00:00:00\.000Z$/, '')
      return cell === '' || column === 'source'
        ? []
        : [`${column}: ${cell.length > 60 ? `${cell.slice(0, 57)}...` : cell.replaceAll('\n', ' ')}`]
    })
    .join(' | ')
}

function reasons(title: string, list: readonly Counted[]): string[] {
  if (list.length === 0) return []
  return [
    title,
    ...list
      .slice(0, 8)
      .map(
        ({ reason, count, line }) =>
          `  ${count.toLocaleString('en')} × ${reason} (${count === 1 ? '' : 'first on '}line ${line})`,
      ),
  ]
}

function nextStep({ recognized, problems }: Looked, { path, saved, save, other }: Asked): string {
  const joined = other === undefined ? '' : ` --with ${other}`
  if (saved !== undefined) return `Saved as ${saved}. From now on: \`rounds import ${path} --map ${save}${joined}\``
  if (problems.length > 0) return 'Fix what is marked with !, or say it with the option that is named there.'
  if (recognized !== undefined && other === undefined)
    return `Load it: \`rounds import ${path} --map ${recognized}\`, or keep a mapping of your own with --save NAME.`
  return `Keep the mapping: \`rounds map ${path}${joined} --save NAME\`; then \`rounds import ${path} --map NAME${joined}\`.`
}
