import { z } from 'zod'
import { accountLineDocument } from '../../documents/account-line.ts'
import { fallenFirst, foldBand, worstFirst } from '../../domain/accounts/portfolio.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { DAY } from '../../domain/time/instant.ts'
import { type PortfolioLine, readPortfolio } from '../../store/accounts/portfolio.ts'
import { portfolioCard } from '../../views/accounts/portfolio-card.ts'
import { atStake } from '../../work/outcomes/at-stake.ts'
import { list } from '../accounts/list.ts'
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
  async run({ connection, settings }, { input: { limit, cursor = '0', ...filters }, caller, now }) {
    const owner = filters.owner?.toLowerCase() === 'me' ? (caller.email ?? '') : filters.owner
    const wanted = { ...filters, owner }
    const all = (await readPortfolio(connection.db, now)).filter(line => isWanted(line, wanted, now))
    const ordered = all.sort(filters.falling ? fallenFirst : worstFirst)
    const from = Number(cursor)
    const lines = ordered.slice(from, from + limit)
    const next = from + limit < ordered.length ? String(from + limit) : null
    return {
      card: portfolioCard(settings.model, 'Accounts', { lines, total: ordered.length }, 'No accounts match.'),
      data: {
        accounts: lines.map(line => ({
          ...accountLineDocument(line),
          name: line.name,
          segment: line.segment ?? null,
          reason: line.reason,
        })),
        total: ordered.length,
        next,
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

type Wanted = Omit<z.infer<z.ZodObject<typeof FILTERS>>, 'owner'> & { readonly owner: string | undefined }

function isWanted(line: PortfolioLine, wanted: Wanted, now: number): boolean {
  const { band, owner, segment, renews_within_days: within, falling } = wanted
  const renews = line.renewalOn === undefined ? Infinity : (Date.parse(line.renewalOn) - now) / DAY
  return (
    (band === undefined || foldBand(line.verdict) === foldBand(band)) &&
    (owner === undefined || foldEmail(line.owner ?? '') === foldEmail(owner)) &&
    (segment === undefined || line.segment === segment) &&
    (within === undefined || (renews >= -1 && renews <= within)) &&
    (falling !== true || (line.change ?? 0) < 0)
  )
}
