import { checkAccount } from '../operations/check-account.ts'
import { explanationCard } from '../views/explanation-card.ts'
import type { Command } from './command.ts'
import { audienceOf, withAccount } from './with-account.ts'

/** Every point of an account's score. */
export const explain: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'explain', async account => {
    const { model } = context.settings()
    const { health, verdict } = await checkAccount(context.connection, model, account, context.clock())
    const card = explanationCard(model, account, health, verdict)
    return { kind: 'card', card, audience: audienceOf(request) }
  })
