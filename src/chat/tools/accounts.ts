import { z } from 'zod'
import { accountHealthDocument, shownChanges } from '../../documents/account-health.ts'
import { evidenceDocument } from '../../documents/evidence.ts'
import { movesDocument } from '../../documents/moves.ts'
import { whatIfDocument } from '../../documents/what-if.ts'
import { evidenceOf } from '../../domain/scoring/evidence.ts'
import { assess } from '../../domain/scoring/score.ts'
import { DAY } from '../../domain/time/instant.ts'
import { parseInstant } from '../../domain/time/time-text.ts'
import { whatIf as whatWouldLift } from '../../domain/what-if/what-if.ts'
import { BotError } from '../../errors.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import { chanceOfAccounts } from '../../work/outcomes/shown-chance.ts'
import { account as show } from '../accounts/account.ts'
import { explain } from '../accounts/explain.ts'
import { findAccount, findOneAccount } from '../accounts/find-account.ts'
import { whatIf } from '../accounts/what-if.ts'
import { ACCOUNT } from './account-argument.ts'
import { cardOf, reading } from './tool.ts'

export const findAccounts = reading({
  name: 'find_accounts',
  title: 'Find accounts',
  description:
    'Finds customer accounts by a name, a part of one, or an id, in spite of typos. Use it when a name is not sure; the other tools also take names.',
  input: { name: ACCOUNT },
  async run({ connection }, { input: { name }, now }) {
    const found = await findAccount(connection, name, now)
    const accounts = found.kind === 'one' ? [found.account] : found.kind === 'several' ? found.accounts : found.nearest
    const isSure = found.kind !== 'none'
    const items = accounts.map(({ id, name }) => ({ lead: name, text: id }))
    const sentence = isSure ? `${accounts.length} found.` : 'None is called so. These are nearest.'
    const card = { ...noticeCard('Accounts', sentence), parts: [{ kind: 'list' as const, heading: sentence, items }] }
    return { card, data: { matches: accounts.map(({ id, name }) => ({ account: id, name })), is_sure: isSure } }
  },
})

export const accountHealth = reading({
  name: 'account_health',
  title: 'Account health',
  description:
    'The health of one account: score, band, why, trend, owner, renewal, open alerts. Use it for "how is Acme doing?".',
  input: { account: ACCOUNT },
  async run(context, { use, input, now }) {
    const { connection, settings } = context
    const found = await findOneAccount(connection, input.account, now)
    const checked = await checkAccount(connection, settings.model, found, now)
    const chanceOf = await chanceOfAccounts(connection.db, settings.model, now)
    return {
      card: await cardOf(context, use, show, found.id),
      data: {
        ...accountHealthDocument(settings.model, checked, await chanceOf(checked)),
        shown_change: shownChanges(checked.health),
      },
    }
  },
})

export const explainScore = reading({
  name: 'explain_score',
  title: 'Explain a score',
  description:
    'Every point of an account\'s score with its evidence: values, times, sources, what is missing. Use it for "why is Acme at 41?". The points add up exactly.',
  input: { account: ACCOUNT },
  async run(context, { use, input, now }) {
    const { connection, settings } = context
    const { model } = settings
    const found = await findOneAccount(connection, input.account, now)
    const checked = await checkAccount(connection, model, found, now)
    const evidence = evidenceOf(model, await readSignals(connection, found.key, now), now)
    return {
      card: await cardOf(context, use, explain, found.id),
      data: {
        ...accountHealthDocument(model, checked, {}),
        shown_change: shownChanges(checked.health),
        evidence: evidenceDocument(evidence),
      },
    }
  },
})

export const whatMoved = reading({
  name: 'what_moved',
  title: 'What moved',
  description:
    'What changed in an account\'s score since a day, component by component; the moves add up to the difference. Use it for "what happened to Acme since August?" and "why did it fall?".',
  input: {
    account: ACCOUNT,
    since: z
      .string()
      .max(40)
      .default('30d')
      .describe('A day such as 2026-11-01, or a number of days such as 30d. 30 days if left out.'),
  },
  async run(context, { use, input, now }) {
    const { connection, settings } = context
    const found = await findOneAccount(connection, input.account, now)
    const since = sinceOf(input.since, now)
    const { observed, health } = await checkAccount(connection, settings.model, found, now)
    const before = assess(settings.model, observed, since)
    return {
      card: await cardOf(context, use, show, `${found.id} since ${new Date(since).toISOString().slice(0, 10)}`),
      data: { account: { id: found.id, name: found.name }, ...movesDocument(before, health.now) },
    }
  },
})

function sinceOf(text: string, now: number): number {
  const days = /^(\d{1,3})d$/.exec(text.trim())?.[1]
  const instant = days === undefined ? parseInstant(text) : now - Number(days) * DAY
  if (instant !== undefined && instant <= now) return instant
  throw new BotError('no_day', `since is not a day gone by: ${text.slice(0, 40)}.`, 'Write 2026-11-01, or 30d.')
}

export const whatWouldHelp = reading({
  name: 'what_would_help',
  title: 'What would help',
  description:
    'Which single changes would lift an account to the next band, each scored exactly, the smallest first. Use it for "what would get Acme back to healthy?".',
  input: { account: ACCOUNT },
  async run(context, { use, input, now }) {
    const { connection, settings } = context
    const found = await findOneAccount(connection, input.account, now)
    const { observed } = await checkAccount(connection, settings.model, found, now)
    return {
      card: await cardOf(context, use, whatIf, found.id),
      data: {
        account: { id: found.id, name: found.name },
        ...whatIfDocument(whatWouldLift(settings.model, observed, now)),
      },
    }
  },
})
