import { counted } from '../../domain/counted.ts'
import type { Card, Part } from '../card.ts'

type Counted = { readonly reason: string; readonly count: number; readonly line: number }

export type SeenFile = {
  readonly file: { readonly id: string; readonly name: string }
  readonly form: string
  readonly label: string
  readonly preview: {
    readonly rows: number
    readonly rejectedRows: number
    readonly rejected: readonly Counted[]
    readonly leftOut: readonly Counted[]
    readonly kinds: readonly {
      readonly kind: string
      readonly count: number
      readonly columns: readonly string[]
      readonly first: readonly (readonly string[])[]
    }[]
  }
  readonly problems: readonly string[]
  readonly remarks: readonly string[]
  readonly unread: readonly string[]
  /** What routes.yaml could say of who is a customer. */
  readonly customers?: string
}

/** What a file is, and what would become of it; a button loads it. */
export function sentFileCard({ file, form, label, preview, problems, remarks, unread, customers }: SeenFile): Card {
  const made = preview.kinds.filter(({ count }) => count > 0)
  const what = made.map(({ kind, count }) => countedKind(kind, count)).join(', ') || 'nothing'
  const summary = `${file.name} looks like: ${label}. It would become ${what}.`
  const canLoad = problems.length === 0 && made.length > 0
  return {
    title: file.name,
    summary,
    parts: [
      text(summary),
      text(`${form}, ${counted(preview.rows, 'row')}.`, true),
      ...problems.map(problem => text(problem)),
      ...made.map(({ kind, columns, first }) =>
        listOf(
          `The first ${kind} as they would load`,
          first.slice(0, 3).map(cells => rowText(columns, cells)),
        ),
      ),
      ...reasons(`${counted(preview.rejectedRows, 'row')} would be rejected`, preview.rejected),
      ...reasons('Left out', preview.leftOut),
      ...remarks.map(remark => text(remark)),
      ...(customers === undefined ? [] : [text(`Not all of them may be customers. For routes.yaml: ${customers}`)]),
      ...(unread.length === 0 ? [] : [text(`Not read: ${unread.slice(0, 20).join(', ')}.`, true)]),
    ],
    ...(canLoad && {
      buttons: [{ label: 'Import', action: 'import-file', value: JSON.stringify(file), style: 'primary' }],
    }),
  }
}

export type ImportedFile = {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly notes: readonly { readonly text: string }[]
}

/** What became of it. */
export function importedCard(
  name: string,
  { read, added, changed, unchanged, rejected, notes }: ImportedFile,
  first: readonly { readonly line: number; readonly reason: string }[],
): Card {
  const summary = `Imported ${name}: ${counted(read, 'row')} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected.`
  return {
    title: name,
    summary,
    parts: [
      text(summary),
      ...(first.length === 0
        ? []
        : [
            listOf(
              'Rejected',
              first.map(({ line, reason }) => `Line ${line}: ${reason}`),
            ),
          ]),
      ...(notes.length === 0
        ? []
        : [
            listOf(
              'Notes',
              notes.slice(0, 8).map(note => note.text),
            ),
          ]),
    ],
  }
}

/** "1 account", "12 people" */
function countedKind(kind: string, count: number): string {
  const one = kind === 'people' ? 'person' : kind.replace(/s$/, '')
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${kind}`
}

function text(words: string, quiet = false): Part {
  return { kind: 'text', text: words, ...(quiet && { quiet }) }
}

function listOf(heading: string, lines: readonly string[]): Part {
  return { kind: 'list', heading, items: lines.map(line => ({ text: line })) }
}

function reasons(heading: string, list: readonly Counted[]): Part[] {
  if (list.length === 0) return []
  return [
    listOf(
      heading,
      list.slice(0, 5).map(({ reason, count, line }) => `${count} × ${reason} (line ${line})`),
    ),
  ]
}

function rowText(columns: readonly string[], cells: readonly string[]): string {
  return columns
    .flatMap((column, at) =>
      !cells[at] || column === 'source' ? [] : [`${column}: ${cells[at].replace('T00:00:00.000Z', '').slice(0, 60)}`],
    )
    .slice(0, 8)
    .join(', ')
}
