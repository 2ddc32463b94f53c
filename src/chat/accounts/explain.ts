import { evidenceOf } from '../../domain/scoring/readings/evidence.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import { explanationCard } from '../../views/accounts/explanation-card.ts'
import { statusBadge } from '../../views/scoring/status-text.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import type { Command } from '../command.ts'
import { audienceOf, withAccount } from './find/with-account.ts'
import { scoreStyleFor } from './score-style.ts'

/** Every point of an account's score. */
export const explain: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'explain', async account => {
    const { model } = context.settings
    const now = context.clock()
    const { health, verdict } = await checkAccount(context.connection, model, account, now)
    const evidence = evidenceOf(model, await readSignals(context.connection, account.key, now), now)
    const card = explanationCard(model, account, health, verdict, evidence)
    const shown = health.now.score?.shown
    const badge = statusBadge(model, shown, verdict, await scoreStyleFor(context, request.actor, account.key, shown))
    return { kind: 'card', card: { ...card, badge }, audience: audienceOf(request) }
  })
