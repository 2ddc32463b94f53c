import { randomUUID } from 'node:crypto'
import { workerData } from 'node:worker_threads'
import { openDatabase } from '../store/engine/engines.ts'
import { studyOn } from '../work/outcomes/study.ts'
import type { Watch } from '../work/outcomes/watch.ts'
import { planModel } from '../work/scoring/plan-model.ts'
import { scoreAccounts } from '../work/scoring/score.ts'
import { helpToScore } from '../work/scoring/together/help-scoring.ts'
import type { Progress, ScoringWork } from './scoring-work.ts'
import { type Asked, answerAll } from './worker-end.ts'

/** One piece of work runs after the other, but may run two queries at once. */
const CONNECTIONS = 2

/** The thread that scores: a connection of its own, one piece of work after the other. */
const connection = openDatabase(String(workerData.databaseUrl), { connections: CONNECTIONS })
const study = studyOn(connection)
let queue: Promise<unknown> = Promise.resolve()

answerAll((work: ScoringWork, { id, send, onMessage }: Asked) => {
  let isUnwanted = false
  // Work that has begun stops where it is; work that waits is not begun.
  onMessage(() => {
    if (!study.cancel(String(id))) isUnwanted = true
  })
  const report = (progress: Progress) => send(progress)
  const watch = {
    id: String(id),
    begin: (accounts: number) => report({ accounts }),
    advance: (advanced: number) => report({ advanced }),
  }
  const result = queue.then(() => (isUnwanted ? undefined : done(work, watch)))
  queue = result.catch(() => {})
  return result
})

async function done(work: ScoringWork, watch: Watch): Promise<unknown> {
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
