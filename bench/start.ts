import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFakeSlack } from '../tests/support/fake-slack/index.ts'
import { costOfCommand } from './support/command.ts'
import { median } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { isLarge, SIZE } from './support/size.ts'

const ROUNDS = 5
const root = process.env.ROUNDS_BENCH_ROOT ?? '.'
const built = (name: string) => join(root, 'dist', name)
spawnSync(process.execPath, [join(root, 'build.mjs')], { stdio: 'inherit' })
const { databaseUrl, end } = await openPortfolio(SIZE, { isScored: true })
const slack = await startFakeSlack()

const times = { node: [] as number[], show: [] as number[], service: [] as number[] }
for (let round = 0; round <= ROUNDS; round += 1) {
  const node = costOfCommand(process.execPath, ['-e', '0']).wall
  const show = costOfCommand(process.execPath, [built('cli.js'), 'show', 'account-7', '--db', databaseUrl]).wall
  const service = await untilHealthy()
  if (round === 0) continue
  times.node.push(node)
  times.show.push(show)
  times.service.push(service.wall)
}
const { megabytes } = await untilHealthy(isLarge ? 60_000 : 20_000)

const [node, show, service] = [median(times.node), median(times.show), median(times.service)]
report({
  bench: 'start',
  what: '`rounds show`, and the service with Slack from nothing to its first answer of /healthz, against `node -e 0`; and the memory of the idle service.',
  ratio: show / node,
  goal: atMost(4),
  also: [
    { name: 'service_ratio', value: service / node, goal: atMost(4) },
    { name: 'service_s', value: service / 1_000, goal: atMost(isLarge ? 3 : 1.5) },
    { name: 'idle_mb', value: megabytes, goal: atMost(120) },
  ],
  details: { accounts: SIZE.accounts, node_ms: node, show_ms: show, service_ms: service },
})
await slack.stop()
await end()

/** Ends it after so much idleness, and tells how much memory it held by then. */
async function untilHealthy(idle = 0): Promise<{ wall: number; megabytes: number }> {
  const port = await freePort()
  const start = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=2', built('main.js')], {
    env: { ...process.env, ...slack.env('http'), DATABASE_URL: databaseUrl, PORT: `${port}`, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await isHealthy(port))) await sleep(5)
  const wall = performance.now() - start
  await sleep(idle)
  const [, kilobytes = ''] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  child.kill()
  await new Promise(resolve => child.once('exit', resolve))
  return { wall, megabytes: Number(kilobytes) / 1_024 }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
