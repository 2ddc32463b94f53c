import { trustCard } from '../../views/outcomes/trust-card.ts'
import { audienceOf } from '../accounts/with-account.ts'
import type { Command } from '../command.ts'

/** Whether the score can be trusted, by what really happened. */
export const trust: Command = async ({ settings, study, clock }, request) => {
  const { model, routes } = settings
  const report = await study.trust({ model, scoring: routes.scoring, now: clock() })
  return { kind: 'card', card: trustCard(model, report), audience: audienceOf(request) }
}
