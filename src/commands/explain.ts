import { evidenceOf } from '../domain/evidence.ts'
import { checkAccount } from '../operations/check-account.ts'
import { scoreStyleFor } from '../operations/score-style.ts'
import { readSignals } from '../store/observations.ts'
import { explanationCard } from '../views/explanation-card.ts'
import { standingBadge } from '../views/standing.ts'
import type { Command } from './command.ts'
import { audienceOf, withAccount } from './with-account.ts'

/** Every point of an account's score. */
export const explain: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'explain', async account => {
    const { model } = context.settings()
    const now = context.clock()
    const { health, verdict } = await checkAccount(context.connection, model, account, now)
    const evidence = evidenceOf(model, readSignals(context.connection, account.key, now), now)
    const card = explanationCard(model, account, health, verdict, evidence)
    const shown = health.now.score?.shown
    const badge = standingBadge(model, shown, verdict, await scoreStyleFor(context, request.actor, account.key, shown))
    return { kind: 'card', card: { ...card, badge }, audience: audienceOf(request) }
  })
