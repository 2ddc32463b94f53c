import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFakeSlack } from '../tests/support/fake-slack/index.ts'
import { IDLE, openLookups } from './support/lookups.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { copyTo, cpuOf, startPostgres } from './support/postgres.ts'
import { atMost, report } from './support/report.ts'
import { SIZE } from './support/size.ts'

const ASKED = 500
/** Milliseconds that the second instance has to settle, and for which it is watched. */
const SETTLING = 10_000
const WATCHED = 20_000

const root = process.env.ROUNDS_BENCH_ROOT ?? '.'
spawnSync(process.execPath, [join(root, 'build.mjs')], { stdio: 'inherit' })
const { connection, databaseUrl, end } = await openPortfolio(SIZE, { history: 30 })
const server = await startPostgres()
const url = await copyTo(server, connection)
const onFile = await openLookups({ databaseUrl, accounts: SIZE.accounts }, IDLE)
const onServer = await openLookups({ databaseUrl: url, accounts: SIZE.accounts }, IDLE)

const times = { file: [] as number[], server: [] as number[] }
for (let round = 0; round < ASKED + 100; round += 1) {
  const [file, server] = [await onFile.askService(round), await onServer.askService(round)]
  if (round < 100) continue
  times.file.push(file)
  times.server.push(server)
}
const alone = await serverShare()
const second = await idleInstance()

report({
  bench: 'postgres-service',
  what: '`/health NAME` on PostgreSQL against the file, and the share of a core that a second instance takes that has nothing to do.',
  ratio: quantile(times.server, 0.5) / quantile(times.file, 0.5),
  goal: atMost(1.5),
  also: [{ name: 'idle_percent', value: second.own, goal: atMost(1) }],
  details: {
    accounts: SIZE.accounts,
    ...{ sqlite_ms: quantile(times.file, 0.5), postgres_ms: quantile(times.server, 0.5) },
    ...{ sqlite_p99_ms: quantile(times.file, 0.99), postgres_p99_ms: quantile(times.server, 0.99) },
    ...{ server_percent_of_one: alone, server_percent_of_two: second.server },
  },
})
await onFile.end()
await onServer.end()
await server.stop()
await end()
process.exit()

async function idleInstance(): Promise<{ own: number; server: number }> {
  const slack = await startFakeSlack()
  const child = spawn(process.execPath, ['--max-semi-space-size=2', join(root, 'dist/main.js')], {
    env: { ...process.env, ...slack.env('http'), DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await sleep(SETTLING)
  const pid = `${child.pid}`
  const before = cpuOf(pid)
  const onServer = await serverShare()
  const own = share(cpuOf(pid) - before)
  child.kill()
  await new Promise(resolve => child.once('exit', resolve))
  await slack.stop()
  return { own, server: onServer }
}

/** What the server spends while nobody asks for anything. */
async function serverShare(): Promise<number> {
  const before = server.cpu()
  await sleep(WATCHED)
  return share(server.cpu() - before)
}

function share(milliseconds: number): number {
  return (100 * milliseconds) / WATCHED
}
