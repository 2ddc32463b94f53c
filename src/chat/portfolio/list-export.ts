import { counted } from '../../domain/counted.ts'
import { parseList } from '../../domain/portfolio/list-query.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import { harmless } from '../../ingest/cells/harmless.ts'
import { csvLine } from '../../ingest/tables/table-as-csv.ts'
import type { PortfolioLine } from '../../store/portfolio/portfolio.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { readerZone } from '../people/reader-zone.ts'
import { bandsOf, pageOf } from './list.ts'

/** For more there is `rounds export`. */
const MOST_ROWS = 10_000

const COLUMNS = [
  'id',
  'name',
  'score',
  'band',
  'change_30d',
  'why',
  'segment',
  'owner',
  'arr',
  'currency',
  'renewal_on',
]

/** Sends a list, all of its pages, as a CSV file to the one who asks; the button's value is the list's words. */
export const listExport: ButtonHandler = async (context, press) => {
  const { actor, value } = press
  const { chats, clock } = context
  const chat = chats.get(actor.platform)
  if (chat?.sendFile === undefined) {
    throw new BotError('no_files', 'I cannot send files here.', 'An admin can run rounds export accounts.')
  }
  const now = clock()
  const { query } = parseList(value.replace(/^list\b/, ''), bandsOf(context))
  const today = dayIn(await readerZone(context, { actor }), now)
  const { lines, total } = await pageOf(context, actor, query, { today, skip: 0, most: MOST_ROWS })
  const text = [COLUMNS, ...lines.map(cellsOf)].map(cells => csvLine(cells.map(cell => harmless(cell)))).join('')
  const way = await chat.sendFile(actor.userId, {
    name: `accounts-${dayOf(now)}.csv`,
    bytes: new TextEncoder().encode(text),
  })
  const left = total > lines.length ? ` ${counted(total - lines.length, 'account')} did not fit.` : ''
  const many = `${counted(lines.length, 'account')} as a CSV file`
  const where = way === 'sent' ? 'in your direct messages' : 'once you allow it in your direct messages'
  return {
    kind: 'card',
    card: noticeCard(way === 'sent' ? 'Sent' : 'Ready', `${many}, ${where}.${left}`),
    audience: 'caller',
    isResult: true,
  }
}

function cellsOf(line: PortfolioLine): string[] {
  const { id, name, shown, verdict, change, reason, segment, owner, arr, currency, renewalOn } = line
  return [id, name, shown, verdict, change, reason, segment, owner, arr, currency, renewalOn].map(cell =>
    String(cell ?? ''),
  )
}
