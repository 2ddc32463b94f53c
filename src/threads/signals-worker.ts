import { workerData } from 'node:worker_threads'
import { receiveSignals, type SentSignals } from '../ingest/http/signals/receive-signals.ts'
import { openDatabase } from '../store/engine/engines.ts'
import { handedOver } from './hand-over.ts'
import { answerAll } from './worker-end.ts'

/** The thread that takes signals: a connection of its own, on which bodies that come together take turns. */
const connection = openDatabase(String(workerData.databaseUrl))

answerAll((signals: Omit<SentSignals, 'chunks'>, asked) =>
  receiveSignals(connection, { ...signals, chunks: handedOver(asked) }),
)
