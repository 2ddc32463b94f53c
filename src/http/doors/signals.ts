import { openSignals } from '../../ingest/http/signals/receive-signals.ts'
import { SENT_SIGNAL } from '../../ingest/http/signals/sent-signal.ts'
import { rowsDoor } from './rows-door.ts'

export const signalsDoor = rowsDoor({
  path: '/v1/signals',
  scope: 'signals:write',
  summary: 'Sends signals',
  noun: 'signal',
  schema: SENT_SIGNAL,
  open: openSignals,
  beside: ({ context }) => context.signalsThread?.()?.receive,
})
