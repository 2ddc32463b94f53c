import { openSignals, SENT_SIGNAL } from '../../ingest/http/receive-signals.ts'
import { rowsDoor } from './rows-door.ts'

export const signalsDoor = rowsDoor({
  path: '/v1/signals',
  scope: 'signals:write',
  summary: 'Sends signals',
  noun: 'signal',
  schema: SENT_SIGNAL,
  open: openSignals,
})
