import { whatIf as whatWouldLift } from '../../domain/what-if/what-if.ts'
import { whatIfCard } from '../../views/accounts/what-if-card.ts'
import { statusBadge } from '../../views/scoring/status-text.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import type { Command } from '../command.ts'
import { audienceOf, withAccount } from './find/with-account.ts'
import { scoreStyleFor } from './score-style.ts'

/** What would lift an account to the next band. */
export const whatIf: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'what-if', async account => {
    const { model } = context.settings
    const now = context.clock()
    const { observed, health, verdict } = await checkAccount(context.connection, model, account, now)
    const found = whatWouldLift(model, observed, now)
    const shown = health.now.score?.shown
    const style = await scoreStyleFor(context, request.actor, account.key, shown)
    const badge = statusBadge(model, shown, verdict, style)
    const card = whatIfCard(model, account, found, verdict, badge)
    return { kind: 'card', card, audience: audienceOf(request) }
  })
