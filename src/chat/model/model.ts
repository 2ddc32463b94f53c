import { storedTrustOrNone } from '../../store/outcomes/study-marks.ts'
import { portfolioCoverage } from '../../store/scoring/coverage.ts'
import { modelCard } from '../../views/model/model-card.ts'
import { trustLine } from '../../views/outcomes/trust-card.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { namingRest } from '../words/naming-rest.ts'
import { modelPlan } from './model-plan.ts'

/** How the score is made; `plan NAME` asks what another model would change. */
export const model: Command = async (context, request, rest) => {
  const [word = '', ...others] = rest.split(/\s+/)
  if (word.toLowerCase() === 'plan') return modelPlan(context, request, others.join(' '))
  const { connection, settings } = context
  const kept = await storedTrustOrNone(connection.db)
  const trust = kept?.version === settings.model.version ? trustLine(kept.floors, kept.at) : undefined
  const card = modelCard(settings.model, await portfolioCoverage(connection.db), trust)
  return namingRest({ kind: 'card', card, audience: audienceOf(request) }, rest)
}
