import { z } from 'zod'
import type { Context } from '../../context.ts'
import { accountLineDocument } from '../../documents/account-line.ts'
import type { ListQuery } from '../../domain/portfolio/list-query.ts'
import { foldBand } from '../../domain/portfolio/portfolio.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { readPortfolio } from '../../store/portfolio/portfolio.ts'
import { portfolioCard } from '../../views/portfolio/portfolio-card.ts'
import { atStake } from '../../work/outcomes/at-stake.ts'
import { bandsOf, list, pageOf } from '../portfolio/list.ts'
import { cardOf, reading } from './tool.ts'

const MOST = 50

const FILTERS = {
  band: z.string().max(60).optional().describe('A band such as at_risk, attention, healthy or unknown.'),
  owner: z
    .string()
    .max(320)
    .optional()
    .describe('The e-mail of an owner, or "me" for the accounts of the person who asks.'),
  segment: z.string().max(100).optional(),
  renews_within_days: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Only accounts that renew within so many days.'),
  falling: z.boolean().optional().describe('Only accounts whose score fell in 30 days, the largest fall first.'),
}

export const listAccounts = reading({
  name: 'list_accounts',
  title: 'List accounts',
  description:
    'Accounts by band, owner, segment, renewal or fall, worst first, up to 50 at a time. Use it for "who is at risk?", "my renewals this quarter", "who fell this month?".',
  input: {
    ...FILTERS,
    limit: z.number().int().min(1).max(MOST).default(20),
    cursor: z.string().max(20).regex(/^\d+$/, 'Send the next of the answer before').optional(),
  },
  async run(context, { use, input: { limit, cursor = '0', ...filters }, now }) {
    const skip = Number(cursor)
    const page = await pageOf(context, use.actor, queryOf(context, filters), { today: dayOf(now), skip, most: limit })
    const { lines, total } = page
    const end = skip + lines.length
    return {
      card: portfolioCard(context.settings.model, 'Accounts', page, 'No accounts match.'),
      data: {
        accounts: lines.map(line => ({
          ...accountLineDocument(line),
          name: line.name,
          segment: line.segment ?? null,
          reason: line.reason,
        })),
        total,
        ...(page.isMore === true && { total_is_at_least: true }),
        next: lines.length > 0 && (end < total || page.isMore === true) ? String(end) : null,
      },
    }
  },
})

export const portfolio = reading({
  name: 'portfolio',
  title: 'The portfolio',
  description:
    'The whole portfolio in figures: accounts and ARR by band, and what is at risk. Use it for "how are we doing?".',
  input: {},
  async run(context, { use, now }) {
    const { connection, settings } = context
    const lines = await readPortfolio(connection.db, now)
    const verdicts = [...settings.model.bands.map(({ id }) => id), 'unknown']
    const bands = verdicts.map(band => {
      const inBand = lines.filter(({ verdict }) => verdict === band)
      return { band, accounts: inBand.length, arr: inBand.reduce((sum, { arr = 0 }) => sum + arr, 0) }
    })
    return {
      card: await cardOf(context, use, list, ''),
      data: { accounts: lines.length, bands, at_stake: (await atStake(connection.db, settings.model.version)) ?? null },
    }
  },
})

type Filters = z.infer<z.ZodObject<typeof FILTERS>>

function queryOf(context: Context, { band, owner, segment, renews_within_days: renewal, falling }: Filters): ListQuery {
  const known = band === undefined ? undefined : bandsOf(context).find(id => foldBand(id) === foldBand(band))
  return {
    ...(band !== undefined && { band: known ?? band }),
    ...(owner !== undefined && { owner }),
    ...(segment !== undefined && { segment }),
    ...(renewal !== undefined && { renewal }),
    ...(falling === true && { change: 'falling' as const }),
  }
}
