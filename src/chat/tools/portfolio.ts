import * as z from 'zod'
import type { Context } from '../../context.ts'
import { accountLineDocument } from '../../documents/account-line.ts'
import { sumOf } from '../../domain/number.ts'
import { type ListQuery, listWords } from '../../domain/portfolio/list-query.ts'
import { foldBand } from '../../domain/portfolio/portfolio.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { readPortfolio } from '../../store/portfolio/portfolio.ts'
import { portfolioCard } from '../../views/portfolio/portfolio-card.ts'
import { whyNone } from '../../work/accounts/why-none.ts'
import { atStake } from '../../work/outcomes/at-stake.ts'
import { readerZone } from '../people/reader-zone.ts'
import { bandsOf, list, pageOf } from '../portfolio/list.ts'
import { OWNER } from './arguments/owner.ts'
import { PAGE, rangeOf } from './arguments/page.ts'
import { cardOf, reading } from './tool.ts'

const FILTERS = {
  band: z.string().max(60).optional().describe('A band such as at_risk, attention, healthy or unknown.'),
  owner: OWNER.optional(),
  segment: z.string().max(100).optional(),
  renews_within_days: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Only accounts that renew within so many days.'),
  falling: z.boolean().optional().describe('Only accounts whose score fell in 30 days, the largest fall first.'),
  rising: z.boolean().optional().describe('Only accounts whose score rose in 30 days.'),
}

export const listAccounts = reading({
  name: 'list_accounts',
  title: 'List accounts',
  description:
    'Accounts by band, owner, segment, renewal, fall or rise, worst first. Use it for "who is at risk?", "who of mine renews in 60 days and fell?", "who got better?".',
  input: { ...FILTERS, ...PAGE },
  async run(context, { use, input: { limit, cursor, ...filters }, now }) {
    const { skip } = rangeOf({ limit, cursor })
    const page = await pageOf(context, use.actor, queryOf(context, filters), {
      ...{ today: dayIn(await readerZone(context, use), now), skip, most: limit },
      mostCounted: ALL,
    })
    const { lines, total } = page
    const empty = total > 0 ? '' : await whyNone(context.connection.db, filters.segment, now)
    const end = skip + lines.length
    return {
      card: portfolioCard(context.settings.model, 'Accounts', page, empty),
      data: {
        accounts: lines.map(line => ({
          ...accountLineDocument(line),
          name: line.name,
          segment: line.segment ?? null,
          reason: line.reason,
        })),
        total,
        next: lines.length > 0 && end < total ? String(end) : null,
      },
    }
  },
})

export const portfolio = reading({
  name: 'portfolio',
  title: 'The portfolio',
  description:
    'The portfolio in figures: accounts and ARR by band, and what is at risk; of all accounts, or of an owner, a segment, or those that renew soon. Use it for "how are we doing?", "how is Dana\'s book?", "how much renews this quarter?".',
  input: FILTERS,
  async run(context, { use, input, now }) {
    const { connection, settings } = context
    const query = queryOf(context, input)
    const isWhole = Object.keys(query).length === 0
    const lines = isWhole
      ? await readPortfolio(connection.db, now)
      : (
          await pageOf(context, use.actor, query, {
            today: dayIn(await readerZone(context, use), now),
            skip: 0,
            most: ALL,
          })
        ).lines
    const verdicts = [...settings.model.bands.map(({ id }) => id), 'unknown']
    const bands = verdicts.map(band => {
      const inBand = lines.filter(({ verdict }) => verdict === band)
      return { band, accounts: inBand.length, arr: sumOf(inBand, ({ arr = 0 }) => arr) }
    })
    return {
      card: await cardOf(context, use, list, listWords(query).replace(/^list ?/, '')),
      data: {
        accounts: lines.length,
        arr: sumOf(lines, ({ arr = 0 }) => arr),
        bands,
        ...(isWhole && { at_stake: (await atStake(connection.db, settings.model.version)) ?? null }),
      },
    }
  },
})

/** More than there are: a part of the portfolio is listed in full. */
const ALL = 1_000_000

type Filters = z.infer<z.ZodObject<typeof FILTERS>>

function queryOf(
  context: Context,
  { band, owner, segment, renews_within_days: renewal, falling, rising }: Filters,
): ListQuery {
  const known = band === undefined ? undefined : bandsOf(context).find(id => foldBand(id) === foldBand(band))
  return {
    ...(band !== undefined && { band: known ?? band }),
    ...(owner !== undefined && { owner }),
    ...(segment !== undefined && { segment }),
    ...(renewal !== undefined && { renewal }),
    ...(rising === true && { change: 'rising' as const }),
    ...(falling === true && { change: 'falling' as const }),
  }
}
