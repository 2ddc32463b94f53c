import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../store/engine/engines.ts'
import { studyOn } from '../outcomes/study.ts'
import { planModel } from './plan-model.ts'
import { scoreAccounts } from './score.ts'
import type { Work } from './scoring-thread.ts'

/** The thread that scores: a connection of its own, one piece of work after the other. */
const connection = openDatabase(String(workerData.databaseUrl))
let queue = Promise.resolve()

parentPort?.on('message', ({ id, work }: { id: number; work: Work }) => {
  queue = queue.then(async () => {
    try {
      parentPort?.postMessage({ id, result: await done(work) })
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
    }
  })
})

async function done(work: Work): Promise<unknown> {
  if (work.task === 'check') return connection.engine.isSound()
  if (work.task === 'plan') return planModel(connection, work.current, work.next, work.at)
  if (work.task === 'backtest') return studyOn(connection).backtest(work.run)
  if (work.task === 'trust') return studyOn(connection).trust(work.run)
  if (work.task === 'refit') return studyOn(connection).refit(work.run)
  return (await scoreAccounts(connection, { ...work.run, newId: randomUUID })).scored
}
