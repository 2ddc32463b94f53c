import { sourcesCard } from '../../views/sources/sources-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { reportSources } from '../../work/sources/source-report.ts'
import type { Command } from '../command.ts'

/** What comes in and what does not. For admins, who can do something about it. */
export const sources: Command = async (context, { actor }) => {
  await allow(context, await identify(context, actor), 'sources.read', 'sources')
  const { connection, settings, clock } = context
  const report = await reportSources(connection.db, settings, clock())
  return { kind: 'card', card: sourcesCard(settings.model, report), audience: 'caller' }
}
