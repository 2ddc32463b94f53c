import * as z from 'zod'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import type { Comment } from '../../store/comments/comments.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { COMMENT_COLUMNS, commentInRow } from '../comments/comments.ts'
import { writeComments } from '../comments/write-comments.ts'
import { number, text } from './fields.ts'
import type { Intake, Reception } from './intake.ts'
import { JSON_NUMBERS, type ObjectRow, PLAIN } from './object-row.ts'
import { openRows } from './receive-rows.ts'

export const SENT_COMMENT = z
  .object({
    account_id: text('account_id').meta({ description: 'The id of an account that exists.', examples: ['acme'] }),
    text: text('text').meta({
      description: 'The words, at most 20,000 characters.',
      examples: ['The export is great.'],
    }),
    observed_at: text('observed_at').meta({
      description: 'When it was said: ISO 8601. A bare date is midnight UTC, and no offset means UTC.',
      examples: ['2026-11-20T08:00:00Z'],
    }),
    author: text('author')
      .nullish()
      .meta({ description: 'Who said it.', examples: ['kim@acme.example'] }),
    source: text('source')
      .nullish()
      .meta({ description: 'Where it was said; "api" if left out.', examples: ['survey'] }),
    id: text('id')
      .nullish()
      .meta({ description: 'Its id there; if left out, its words tell it apart.', examples: ['c-1'] }),
    sentiment: number('sentiment')
      .nullish()
      .meta({ description: 'From -1 to 1; if left out, it is read from the text.', examples: [0.6] }),
  })
  .catchall(PLAIN)
  .meta({ id: 'Comment', description: 'What a customer said.' })

/** As `import comments`. */
export function openComments({ connection, now, platforms, facts }: Reception): Intake {
  const accounts = new Map<string, number>()
  const idOf = ({ table, row }: ObjectRow) => withoutInvisible(table.cell(row, 'account_id') ?? '').trim()
  return openRows<Comment>({
    noun: 'a comment',
    schema: SENT_COMMENT,
    known: COMMENT_COLUMNS.known,
    async prepare(rows) {
      const ids = [...new Set(rows.map(idOf))].filter(id => !accounts.has(id))
      for (const [id, key] of await findAccountKeys(connection.db, ids)) accounts.set(id, key)
    },
    read: ({ table, row }) => commentInRow(fromApi(table), row, { accounts, now }, JSON_NUMBERS, platforms) ?? NEVER,
    save: (rows, later) => writeComments(connection, rows, { later, rules: facts.comments }),
    notes: async sent => nearMisses(sent, COMMENT_COLUMNS.known, 'is not read'),
  })
}

/** Numbers of JSON are never in doubt. */
const NEVER = { reason: 'sentiment is in doubt' }

function fromApi({ names, cell }: ObjectRow['table']): ObjectRow['table'] {
  return { names, cell: (row, column) => cell(row, column) || (column === 'source' ? 'api' : undefined) }
}
