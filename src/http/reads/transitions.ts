import * as z from 'zod'
import { transitionDocument } from '../../documents/transition.ts'
import { readTransitionsAfter } from '../../store/scoring/transitions.ts'
import { INSTANT } from './instant-query.ts'
import { cursorOf, keysIn, PAGE, pageOf } from './page.ts'
import { readRoute } from './read-route.ts'

const QUERY = z.strictObject({
  ...PAGE,
  since: INSTANT.optional(),
  account: z.string().max(500).optional().meta({ description: 'Only of the account with this id.' }),
})

const TRANSITION = z
  .strictObject({
    account: z.string(),
    at: z.string(),
    from: z.string(),
    to: z.string(),
    kind: z.string(),
    shown: z.int().nullable(),
    driver: z.string().nullable(),
  })
  .meta({ id: 'Transition', description: 'What changed about an account, when, and which component caused it.' })

/** What changed, oldest first. */
export const transitionsRead = readRoute({
  path: '/v1/transitions',
  summary: 'Lists what changed, oldest first',
  query: QUERY,
  answer: pageOf(TRANSITION, 'Transitions'),
  async read({ context, query }) {
    const [at, account, kind] = keysIn(query.cursor) ?? []
    const after = at === undefined ? undefined : { at: Number(at), account: String(account), kind: String(kind) }
    const wanted = { since: query.since ?? 0, account: query.account, after, most: query.limit + 1 }
    const found = await readTransitionsAfter(context.connection.db, wanted)
    const page = found.slice(0, query.limit)
    const last = page.at(-1)
    const isMore = found.length > page.length && last !== undefined
    return { items: page.map(transitionDocument), next: isMore ? cursorOf([last.at, last.account, last.kind]) : null }
  },
})
