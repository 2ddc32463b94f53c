import { accountHealthDocument, shownChanges } from '../../documents/account-health.ts'
import { evidenceDocument } from '../../documents/evidence.ts'
import { whatIfDocument } from '../../documents/what-if.ts'
import { numberIn } from '../../domain/number.ts'
import { evidenceOf } from '../../domain/scoring/readings/evidence.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { whatIf as whatWouldLift } from '../../domain/what-if/what-if.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { type CheckedAccount, checkAccount, ownerAt } from '../../work/accounts/check-account.ts'
import { chanceOfAccounts } from '../../work/outcomes/shown-chance.ts'
import { account as show } from '../accounts/account.ts'
import { explain } from '../accounts/explain.ts'
import { findAccount, findOneAccount } from '../accounts/find/find-account.ts'
import { whatIf } from '../accounts/what-if.ts'
import { ACCOUNT } from './arguments/account.ts'
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
    const sentence = isSure ? `${accounts.length} found.` : 'No account has that name. These are the nearest.'
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
        ...aboutDocument(checked, now),
      },
    }
  },
})

/** The usual next questions about an account. */
function aboutDocument({ observed, openAlerts }: CheckedAccount, now: Instant) {
  const { attribute } = observed
  return {
    owner: ownerAt(observed, now) ?? null,
    renewal_on: attribute('renewal_on', now) ?? null,
    arr: numberIn(attribute('arr', now)) ?? null,
    open_alerts: openAlerts.length,
  }
}

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
