import type { SentSignals } from '../ingest/http/signals/receive-signals.ts'
import type { SentEvents } from '../ingest/segment/sent-events.ts'

/** What the thread that takes signals can be given, as plain data; the bytes are handed over one piece after the other. */
export type SignalsWork =
  | { readonly task: 'signals'; readonly sent: Omit<SentSignals, 'chunks'> }
  | { readonly task: 'events'; readonly sent: Omit<SentEvents, 'chunks'> }
