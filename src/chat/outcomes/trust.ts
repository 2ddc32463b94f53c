import { trustCard } from '../../views/outcomes/trust-card.ts'
import type { Command } from '../command.ts'
import { longStudy } from './long-study.ts'

/** Whether the score can be trusted, by what really happened. */
export const trust: Command = async (context, request) => {
  const { settings, study, clock } = context
  const { model, routes } = settings
  const run = { model, scoring: routes.scoring, now: clock() }
  return longStudy(context, request, 'Trust report', async watch => trustCard(model, await study.trust(run, watch)))
}
