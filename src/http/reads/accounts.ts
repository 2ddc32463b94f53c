import * as z from 'zod'
import { accountLineDocument } from '../../documents/account-line.ts'
import { isInPart } from '../../domain/portfolio/portfolio.ts'
import { isoOrNull } from '../../domain/time/iso-time.ts'
import { type ListedLine, readAccountsById } from '../../store/portfolio/accounts-by-id.ts'
import { cursorOf, keysIn, PAGE, pageOf } from './page.ts'
import { readRoute } from './read-route.ts'

const QUERY = z.strictObject({
  ...PAGE,
  band: z.string().max(100).optional().meta({ description: 'Only accounts with this verdict, such as at_risk.' }),
  segment: z.string().max(200).optional(),
  owner: z.string().max(320).optional().meta({ description: 'Only accounts of this owner, by their e-mail.' }),
  retired: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'true: also accounts that are no longer customers.' }),
})

const LINE = z
  .strictObject({
    account: z.string(),
    name: z.string(),
    segment: z.string().nullable(),
    shown: z.int().nullable(),
    verdict: z.string(),
    change_30d: z.number().nullable(),
    arr: z.number().nullable(),
    owner: z.string().nullable(),
    renewal_on: z.string().nullable(),
    reason: z.string(),
    scored_at: z.string().nullable(),
    retired: z.boolean(),
  })
  .meta({ id: 'AccountLine', description: 'An account in a list: what is shown of it, and why.' })

/** The portfolio, page by page in the order of the ids. */
export const accountsRead = readRoute({
  path: '/v1/accounts',
  summary: 'Lists accounts with their scores',
  query: QUERY,
  answer: pageOf(LINE, 'Accounts'),
  async read({ context, query, now }) {
    const [after] = keysIn(query.cursor) ?? []
    const { lines, isMore } = await readAccountsById(context.connection.db, now, {
      after: after === undefined ? undefined : String(after),
      most: query.limit,
      isWanted: line => (query.retired === 'true' || !line.isRetired) && isInPart(line, query),
    })
    const last = lines.at(-1)
    return { items: lines.map(lineOf), next: isMore && last !== undefined ? cursorOf([last.id]) : null }
  },
})

function lineOf(line: ListedLine) {
  const { name, segment, reason, scoredAt, isRetired } = line
  return {
    ...accountLineDocument(line),
    name,
    segment: segment ?? null,
    reason,
    scored_at: isoOrNull(scoredAt),
    retired: isRetired,
  }
}
