import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { type ScoringRun, scoreAccounts } from '../operations/score.ts'
import { openDatabase } from '../store/database.ts'

/** The thread that scores: a connection of its own, one run after the other. */
const connection = openDatabase(String(workerData.databaseUrl))
let queue = Promise.resolve()

parentPort?.on('message', ({ id, run }: { id: number; run: Omit<ScoringRun, 'newId'> }) => {
  queue = queue.then(async () => {
    try {
      const { scored } = await scoreAccounts(connection, { ...run, newId: randomUUID })
      parentPort?.postMessage({ id, scored })
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
    }
  })
})
