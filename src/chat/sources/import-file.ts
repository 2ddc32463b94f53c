import * as z from 'zod'
import { BotError } from '../../errors.ts'
import type { Reject } from '../../ingest/files/records.ts'
import { loadMapped } from '../../ingest/mapping/load-mapped.ts'
import { namedFacts } from '../../model/named-facts.ts'
import { importedCard } from '../../views/sources/sent-file-card.ts'
import { whoIs } from '../../work/alerts/change-alert.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { followLoad } from '../../work/sources/follow-load.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { withSentFile } from './open-sent-file.ts'

const sent = z.object({ id: z.string(), name: z.string() })

/** Loads a file as proposed. Pressing again changes nothing. */
export const importFile: ButtonHandler = async (context, { actor, value }) => {
  const file = sent.safeParse(parsed(value))
  if (!file.success) throw new BotError('no_file', 'This file is no longer here.', 'Send it again.')
  const caller = await identify(context, actor)
  await allow(context, caller, 'data.import', file.data.name)
  const { connection, platforms, settings, clock } = context
  const rejected: Reject[] = []
  const rejects = { add: (reject: Reject) => void (rejected.length < 5 && rejected.push(reject)), close() {} }
  const now = clock()
  const report = await withSentFile(context, actor, file.data, ({ file: mapped, table, problems }, name) => {
    if (problems.length > 0) throw new BotError('undecidable', problems.join(' '))
    const who = whoIs(caller)
    return loadMapped({
      ...mapped,
      width: table.columns.length,
      connection,
      platforms,
      rejects,
      now,
      facts: namedFacts(settings),
      loaded: (kind, report) => followLoad(connection.db, { kind, subject: name, who, settings }, report, now),
    })
  })
  return { kind: 'card', card: importedCard(file.data.name, report, rejected), audience: 'caller' }
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
