import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DAY } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import type { Connection } from '../src/store/engine/engine.ts'
import { openDatabase } from '../src/store/engine/engines.ts'
import { SCORING } from '../src/store/scoring/shared-runs.ts'
import { runAlone } from '../src/work/schedule/run-alone.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { helpToScore } from '../src/work/scoring/together/help-scoring.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { copyTo, type Postgres, startPostgres } from './support/postgres.ts'
import { atLeast, atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const ROUNDS = 5
/** As many connections as the scoring thread of the service has. */
const CONNECTIONS = 2
const { model, routes } = loadSettings(undefined)
const [, , helpedUrl] = process.argv
if (helpedUrl?.startsWith('postgres://')) await help(helpedUrl)
else await measure()

/** The second process: takes part in whatever is scored, as long as it is not stopped. */
async function help(url: string): Promise<void> {
  const connection = openDatabase(url, { connections: CONNECTIONS })
  let shards = 0
  let isStopped = false
  process.once('message', () => {
    isStopped = true
  })
  process.send?.('up')
  while (!isStopped) {
    shards += await helpToScore(connection, { model, routes, holder: 'helper', newId: randomUUID })
    await sleep(20)
  }
  await connection.close()
  process.send?.(shards, () => process.disconnect())
}

async function measure(): Promise<void> {
  const { connection: file, signals, end } = await openPortfolio(SIZE, { isScored: true })
  const server = await startPostgres()
  const oneUrl = await copyTo(server, file)
  const twoUrl = await server.copy(oneUrl)
  const [one, two] = [oneUrl, twoUrl].map(url => openDatabase(url, { connections: CONNECTIONS })) as [
    Connection,
    Connection,
  ]
  const helper = fork(fileURLToPath(import.meta.url), [twoUrl])
  await once(helper, 'message')
  const onServer = watched(server)

  const costs = await alternate(
    {
      sqlite: round => score(file, round),
      one: round => onServer(round, () => score(one, round)),
      two: round => score(two, round),
    },
    ROUNDS,
  )
  helper.send('stop')
  const [helped] = await once(helper, 'message')
  const { sqlite, one: alone, two: together } = costs
  report({
    bench: 'postgres-score',
    what: 'All accounts on PostgreSQL, the processor time of Rounds and of the server, against the file; and two processes against one, by the wall.',
    ratio: (alone.cpu + onServer.cpu()) / sqlite.cpu,
    goal: atMost(2),
    also: [
      { name: 'wall_ratio', value: alone.wall / sqlite.wall, goal: atMost(2) },
      { name: 'two_against_one', value: alone.wall / together.wall, goal: atLeast(1.4) },
    ],
    details: {
      ...{ accounts: SIZE.accounts, signals },
      ...{ sqlite_ms: sqlite.cpu, client_ms: alone.cpu, server_ms: onServer.cpu() },
      ...{ sqlite_wall_ms: sqlite.wall, one_wall_ms: alone.wall, two_wall_ms: together.wall },
      helped_shards: Number(helped),
    },
  })
  await one.close()
  await two.close()
  await server.stop()
  await end()
}

/** As the service does, alone at the job; on a file nothing is divided. */
async function score(connection: Connection, round: number): Promise<void> {
  const run = { model, routes, at: MORNING + (round + 1) * DAY, newId: randomUUID } as const
  const bid = { kind: 'job', name: SCORING, holder: 'bench' } as const
  await runAlone(connection.db, bid, 0, claim =>
    scoreAccounts(connection, { ...run, accounts: 'all', purpose: 'slot', claim }),
  )
}

/** Counts what the server spends meanwhile; the first round warms up. */
function watched(server: Postgres) {
  const spent: number[] = []
  const watch = async (round: number, work: () => Promise<void>) => {
    const before = server.cpu()
    await work()
    if (round > 0) spent.push(server.cpu() - before)
  }
  return Object.assign(watch, { cpu: () => spent.reduce((sum, each) => sum + each, 0) / spent.length })
}
