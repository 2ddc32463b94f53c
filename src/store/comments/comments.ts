import type { Selectable } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import { type HeldRows, holdRow } from '../sources/held-rows.ts'
import type { Counts } from '../sources/signals.ts'
import type { Db, Tables } from '../tables.ts'

/** Words from or about a customer. */
export type Comment = {
  readonly id: string
  /** The account's key. */
  readonly account: number
  readonly text: string
  readonly author?: string
  readonly source: string
  readonly link?: string
  /** -1 to 1; absent where nobody can say. */
  readonly sentiment?: number
  readonly observedAt: Instant
  readonly receivedAt: Instant
  /** What it was about, where its text is not kept. */
  readonly topics?: readonly string[]
}

/** Adds a comment; false if it was there already. */
export async function addComment(db: Db, comment: Comment): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('comments')
    .values(rowOf(comment))
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export type SaveCommentsOptions = {
  /** A comment that is known lowers the instant at which it was learned. */
  readonly isHistory?: boolean
  /** Where corrections wait until everything that was sent with them has been read. */
  readonly later?: HeldRows<Comment> | undefined
}

/** Adds comments, and corrects known ones that have other words; also returns those that were news. */
export async function saveComments(
  db: Db,
  comments: readonly Comment[],
  { isHistory = false, later }: SaveCommentsOptions = {},
): Promise<{ readonly counts: Counts; readonly news: readonly Comment[] }> {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const news: Comment[] = []
  const stored = await storedRows(db, comments)
  for (const comment of comments) {
    const before = stored.get(comment.id)
    const row = rowOf(comment)
    const isKnown = before !== undefined && isSame(before, row)
    if (before !== undefined && later !== undefined && (!isKnown || later.has(comment.id))) {
      counts.unchanged += holdRow(later, comment.id, comment).unchanged
      continue
    }
    const isLearnedEarlier = isKnown && isHistory && row.received_at < before.received_at
    const outcome = before === undefined ? 'added' : isKnown && !isLearnedEarlier ? 'unchanged' : 'changed'
    counts[outcome] += 1
    if (outcome === 'unchanged') continue
    stored.set(comment.id, row)
    news.push(comment)
    const { id, ...columns } = row
    await db
      .insertInto('comments')
      .values(row)
      .onConflict(conflict => conflict.column('id').doUpdateSet(columns))
      .execute()
  }
  return { counts, news }
}

type Row = Selectable<Tables['comments']>

async function storedRows(db: Db, comments: readonly Comment[]): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  for (const part of slices(comments)) {
    const ids = part.map(({ id }) => id)
    for (const row of await db.selectFrom('comments').selectAll().where('id', 'in', ids).execute()) {
      rows.set(row.id, row)
    }
  }
  return rows
}

/** Another source is not news. */
function isSame(a: Row, b: Row): boolean {
  return a.text === b.text && a.author === b.author && a.sentiment === b.sentiment && a.topics === b.topics
}

function rowOf({ observedAt, receivedAt, author, link, sentiment, topics, ...comment }: Comment): Row {
  const known = {
    sentiment: sentiment ?? null,
    author: author ?? null,
    link: link ?? null,
    topics: topics?.join('\n') ?? null,
  }
  return { ...comment, ...known, observed_at: observedAt, received_at: receivedAt }
}
