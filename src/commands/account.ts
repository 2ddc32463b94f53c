import { summariseAccount } from '../operations/summarise-account.ts'
import { accountCard } from '../views/account-card.ts'
import type { Command } from './command.ts'
import { audienceOf, withAccount } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The account's card. */
export const account: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'show', async found => {
    const summary = await summariseAccount(context, found, context.clock())
    const [allowed = summary] = withArrOnlyIf(context, request, [summary])
    const card = accountCard(context.settings().model, allowed)
    return { kind: 'card', card, audience: audienceOf(request) }
  })
