import { workerData } from 'node:worker_threads'
import { receiveSignals } from '../../src/ingest/http/signals/receive-signals.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { receivedBody } from '../../src/threads/body-transfer.ts'
import type { SignalsWork } from '../../src/threads/signals-work.ts'
import { answerAll } from '../../src/threads/worker-end.ts'

/** The thread that takes signals, on a disk that has no room for another page. */
const connection = openDatabase(String(workerData.databaseUrl))
const sqlite = bareOf(connection)
sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`)

answerAll(({ sent }: SignalsWork, asked) => receiveSignals(connection, { ...sent, chunks: receivedBody(asked) }))
