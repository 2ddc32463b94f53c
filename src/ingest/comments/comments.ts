import { createHash } from 'node:crypto'
import type { Comment } from '../../store/comments/comments.ts'
import { withoutInvisible, withoutInvisibleInName } from '../cells/invisible.ts'
import type { NumberReader } from '../cells/numbers.ts'
import { idProblem, instantIn, quoted, type Refusal, refuse, TIME_EXAMPLE, wordProblem } from '../cells/values.ts'
import type { Table } from '../files/csv.ts'
import type { CsvRow } from '../files/records.ts'
import type { KnownPlatform } from '../known-platform.ts'
import type { Reception } from '../signals/read-signal.ts'
import { sentimentOf } from './sentiment.ts'

const REQUIRED = ['account_id', 'text', 'observed_at']

export const COMMENT_COLUMNS = { required: REQUIRED, known: [...REQUIRED, 'author', 'source', 'id', 'sentiment'] }

const LONGEST_TEXT = 20_000

/**
 * A comment is known by its account, time and id, as a signal is; without an id by its words, for several comments may
 * have the same date. Its sentiment is the one given, otherwise the one read from the text. Undefined if the file's number format must be determined first.
 */
export function commentInRow(
  { cell }: Pick<Table, 'cell'>,
  row: CsvRow,
  { accounts, now, isHistory }: Reception,
  numbers: NumberReader,
  platforms: readonly KnownPlatform[],
): Comment | Refusal | undefined {
  const text = cell(row, 'text') ?? ''
  if (text === '') return refuse('text is empty')
  if (text.length > LONGEST_TEXT) return refuse(`text has ${text.length} characters; ${LONGEST_TEXT} is the most`)
  const plain = (column: string) => withoutInvisible(cell(row, column) ?? '').trim()
  const author = withoutInvisibleInName(cell(row, 'author') ?? '').trim()
  const [id, source] = [plain('id'), plain('source') || 'csv']
  const problem = wordProblem('author', author) ?? wordProblem('source', source) ?? idProblem('id', id)
  if (problem !== undefined) return refuse(problem)
  const written = cell(row, 'sentiment') ?? ''
  const sentiment = written === '' ? sentimentOf(text, platforms) : numbers.read('sentiment', written)
  if (written !== '' && typeof sentiment !== 'number') return sentiment
  if (typeof sentiment === 'number' && Math.abs(sentiment) > 1)
    return refuse(`sentiment ${quoted(written)} is outside -1 to 1`)
  const time = plain('observed_at')
  const observedAt = instantIn(time)
  if (observedAt === undefined) return refuse(`observed_at ${quoted(time)} is not an ${TIME_EXAMPLE}`)
  const accountId = plain('account_id')
  if (accountId === '') return refuse('account_id is empty')
  const account = accounts.get(accountId)
  if (account === undefined) {
    return refuse(idProblem('account_id', accountId) ?? `no account ${quoted(accountId)}; import accounts first`)
  }
  const known = id === '' ? createHash('sha256').update(text).digest('hex').slice(0, 16) : id
  return {
    id: `${accountId}:${observedAt}:${known}`,
    account,
    text,
    source,
    ...(typeof sentiment === 'number' && { sentiment }),
    observedAt,
    receivedAt: isHistory ? Math.min(observedAt, now) : now,
    ...(author !== '' && { author }),
  }
}
