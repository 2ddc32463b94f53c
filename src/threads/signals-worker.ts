import { workerData } from 'node:worker_threads'
import { keptAccounts } from '../ingest/http/signals/known-accounts.ts'
import { receiveSignals } from '../ingest/http/signals/receive-signals.ts'
import { receiveEvents } from '../ingest/segment/sent-events.ts'
import { openDatabase } from '../store/engine/engines.ts'
import { receivedBody } from './body-transfer.ts'
import type { SignalsWork } from './signals-work.ts'
import { answerAll } from './worker-end.ts'

/** The thread that takes signals: a connection of its own, on which bodies that come together take turns. */
const connection = openDatabase(String(workerData.databaseUrl))
const accounts = keptAccounts(connection)

answerAll(async ({ task, sent }: SignalsWork, asked) => {
  const chunks = receivedBody(asked)
  return task === 'signals'
    ? receiveSignals(connection, { ...sent, chunks }, await accounts())
    : receiveEvents(connection, { ...sent, chunks })
})
