import { playOutcome } from '../../domain/playbooks/play-outcome.ts'
import { readPlayHistories } from '../../store/playbooks/play-outcomes.ts'
import { playbooksCard } from '../../views/playbooks/playbooks-card.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'

/** How accounts with a play fared afterwards, against similar ones without. */
export const playbooks: Command = async ({ connection }, request) => {
  const histories = await readPlayHistories(connection.db)
  const plays = histories.map(({ label, begun, played, quiet }) => ({ label, begun, ...playOutcome(played, quiet) }))
  return { kind: 'card', card: playbooksCard(plays), audience: audienceOf(request) }
}
