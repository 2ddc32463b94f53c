import * as z from 'zod'
import { accountHealthDocument } from '../../documents/account-health.ts'
import { shortText } from '../../domain/quoted.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { connections } from '../../store/scoring/metric-connections.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import { chanceOfAccounts } from '../../work/outcomes/shown-chance.ts'
import { INSTANT } from './instant-query.ts'
import { NotFound, readRoute } from './read-route.ts'

const QUERY = z.strictObject({ as_of: INSTANT.optional(), known_at: INSTANT.optional() })

/** One account with its whole explanation, now, as of some time, or as known then. */
export const accountHealthRead = readRoute({
  path: '/v1/accounts/:id/health',
  summary: 'Explains the score of one account',
  description: 'Every point with its evidence: the same document as `rounds show --json`.',
  query: QUERY,
  answer: z.looseObject({ account: z.looseObject({ id: z.string() }), score: z.number().nullable() }),
  async read({ context, query, id, now }) {
    const { db } = context.connection
    const { model } = context.settings()
    const account = await accountByIdOrNone(db, id)
    if (account === undefined) {
      return new NotFound(`There is no account with the id "${shortText(id)}".`, 'GET /v1/accounts lists the accounts.')
    }
    const at = query.as_of ?? now
    const { known_at: knownAt } = query
    const connectedAt = await connections(db, knownAt)
    const checked = await checkAccount(context.connection, model, account, at, { knownAt, connectedAt })
    const chanceOf = await chanceOfAccounts(db, model, Math.min(at, knownAt ?? at))
    return accountHealthDocument(model, checked, await chanceOf(checked))
  },
})
