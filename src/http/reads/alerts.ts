import * as z from 'zod'
import { alertDocument } from '../../documents/alert.ts'
import { confidentialityOf } from '../../domain/alerts/alert-details.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertIdsAfter } from '../../store/alerts/alerts-after.ts'
import { INSTANT } from './instant-query.ts'
import { cursorOf, keysIn, PAGE, pageOf } from './page.ts'
import { readRoute } from './read-route.ts'

const QUERY = z.strictObject({
  ...PAGE,
  state: z
    .enum(
      ['unresolved', 'open', 'claimed', 'snoozed', 'resolved', 'all'],
      'Write unresolved, open, claimed, snoozed, resolved or all',
    )
    .default('unresolved'),
  kind: z.string().max(100).optional().meta({ description: 'Such as renewal_risk.' }),
  account: z.string().max(500).optional().meta({ description: 'Only of the account with this id.' }),
  since: INSTANT.optional(),
})

const TEXT_OR_NULL = z.string().nullable()

const ALERT = z
  .strictObject({
    id: z.string(),
    account: z.string(),
    account_name: z.string(),
    kind: z.string(),
    state: z.string(),
    opened_at: z.string(),
    reason: z.string(),
    driver: TEXT_OR_NULL,
    shown: z.int().nullable(),
    verdict: z.string(),
    owner: TEXT_OR_NULL,
    claimed_by: TEXT_OR_NULL,
    claimed_at: TEXT_OR_NULL,
    snoozed_until: TEXT_OR_NULL,
    resolved_by: TEXT_OR_NULL,
    resolved_at: TEXT_OR_NULL,
    resolution: TEXT_OR_NULL,
    feedback: z.array(z.string()),
  })
  .meta({ id: 'Alert', description: 'An alert: why it opened, who holds it, how it ended.' })

/** The alerts, oldest first; confidential ones only for those who may see them in chat. */
export const alertsRead = readRoute({
  path: '/v1/alerts',
  summary: 'Lists alerts, oldest first',
  description: 'Confidential kinds show only with a token of a person who may see them.',
  query: QUERY,
  answer: pageOf(ALERT, 'Alerts'),
  async read({ context, query, reader, now }) {
    const { db } = context.connection
    const [at, id] = keysIn(query.cursor) ?? []
    const after = at === undefined ? undefined : { at: Number(at), id: String(id) }
    const page = await alertIdsAfter(db, { ...query, since: query.since ?? 0, after, most: query.limit + 1 })
    const ids = page.slice(0, query.limit)
    const found = await findAlertDetails(
      db,
      ids.map(({ id }) => id),
      now,
    )
    const last = ids.at(-1)
    return {
      items: found.filter(alert => maySee(reader, confidentialityOf(alert))).map(alertDocument),
      next: page.length > ids.length && last !== undefined ? cursorOf([last.openedAt, last.id]) : null,
    }
  },
})
