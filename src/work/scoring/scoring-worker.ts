import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../store/engine/engines.ts'
import { studyOn } from '../outcomes/study.ts'
import type { Watch } from '../outcomes/watch.ts'
import { planModel } from './plan-model.ts'
import { scoreAccounts } from './score.ts'
import { helpToScore } from './together/help-scoring.ts'
import type { Work } from './work.ts'
import type { Said, Told } from './worker-thread.ts'

/** One thing after the other, some of whose questions are asked together. */
const CONNECTIONS = 2

/** The thread that scores: a connection of its own, one piece of work after the other. */
const connection = openDatabase(String(workerData.databaseUrl), { connections: CONNECTIONS })
const study = studyOn(connection)
const unwanted = new Set<number>()
let queue = Promise.resolve()

parentPort?.on('message', (told: Told) => {
  if ('work' in told) queue = queue.then(() => answer(told.id, told.work))
  // What is under way ends where it is; what still waits is not begun.
  else if (!study.cancel(String(told.cancel))) unwanted.add(told.cancel)
})

async function answer(id: number, work: Work): Promise<void> {
  if (unwanted.delete(id)) return
  const say = (said: Omit<Said, 'id'>) => parentPort?.postMessage({ id, ...said })
  const watch = {
    id: String(id),
    begin: (accounts: number) => say({ accounts }),
    advance: (advanced: number) => say({ advanced }),
  }
  try {
    say({ result: await done(work, watch) })
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) })
  }
}

async function done(work: Work, watch: Watch): Promise<unknown> {
  switch (work.task) {
    case 'check':
      return connection.engine.isSound()
    case 'plan':
      return planModel(connection, work.current, work.next, work.at)
    case 'backtest':
      return study.backtest(work.run, watch)
    case 'trust':
      return study.trust(work.run, watch)
    case 'refit':
      return study.refit(work.run)
    case 'help':
      return helpToScore(connection, { ...work.help, newId: randomUUID })
    case 'score':
      return (await scoreAccounts(connection, { ...work.run, newId: randomUUID })).scored
  }
}
