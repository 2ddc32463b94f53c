import type { SentSignals } from '../ingest/http/signals/receive-signals.ts'
import type { SentEvents } from '../ingest/segment/sent-events.ts'

/** The work of the thread that receives signals, as plain data; the bytes are handed over piece by piece. */
export type SignalsWork =
  | { readonly task: 'signals'; readonly sent: Omit<SentSignals, 'chunks'> }
  | { readonly task: 'events'; readonly sent: Omit<SentEvents, 'chunks'> }
