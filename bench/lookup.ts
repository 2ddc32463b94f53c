import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App } from '@slack/bolt'
import { systemClock } from '../src/clock.ts'
import { silentLog } from '../src/log.ts'
import { platforms } from '../src/platforms.ts'
import { startService } from '../src/service.ts'
import { startFakeSlack } from '../tests/support/fake-slack/index.ts'
import { listedAccounts } from './support/accounts.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { SIZE } from './support/size.ts'

const ASKED = 400
const { databaseUrl, end } = await openPortfolio(SIZE, { history: 120 })
const names = listedAccounts(SIZE.accounts).map(({ name }) => name ?? '')

const slack = await startFakeSlack()
const dana = slack.addUser('Dana')
const room = slack.addChannel('cs')
let arrived = () => {}
const responses = createServer((request, response) => {
  request.resume().on('end', () => {
    response.end('ok')
    arrived()
  })
})
await new Promise<void>(resolve => responses.listen(0, '127.0.0.1', resolve))
const responseUrl = `http://127.0.0.1:${(responses.address() as AddressInfo).port}/`

const service = await startService({
  platforms,
  env: { ...slack.env('http'), DATABASE_URL: databaseUrl, PORT: '0' },
  clock: systemClock,
  newId: randomUUID,
  log: silentLog,
  operator: 'bench',
  startScoring: () => ({ score: async () => 0, stop: async () => {} }) as never,
})
const bolt = new App({
  token: slack.tokens.bot,
  signingSecret: slack.secret,
  clientOptions: { slackApiUrl: `${slack.env('http').SLACK_API_URL}` },
})
bolt.command('/health', async ({ ack, respond }) => {
  await ack()
  await respond({ text: 'hello', response_type: 'ephemeral' })
})
const boltServer = await bolt.start(0)

const boltUrl = `http://127.0.0.1:${((boltServer as ReturnType<typeof createServer>).address() as AddressInfo).port}`
const times = { bolt: [] as number[], service: [] as number[] }
for (let round = 0; round < ASKED + 50; round += 1) {
  const name = names[(round * 3_701) % names.length] ?? ''
  const first = await ask(boltUrl, name)
  const second = await ask(`http://127.0.0.1:${service.port}`, name)
  if (round < 50) continue
  times.bolt.push(first)
  times.service.push(second)
}

const [alone, whole] = [quantile(times.bolt, 0.5), quantile(times.service, 0.5)]
report({
  bench: 'lookup',
  what: '`/health NAME` over HTTP, signed, until the full card has come to its response_url, against a Bolt app that answers a constant.',
  ratio: whole / alone,
  goal: atMost(1.5),
  also: [{ name: 'p99_ratio', value: quantile(times.service, 0.99) / quantile(times.bolt, 0.99), goal: atMost(2) }],
  details: { accounts: SIZE.accounts, lookup_ms: whole, bolt_ms: alone, lookup_p99_ms: quantile(times.service, 0.99) },
})
await bolt.stop()
await service.stop()
await slack.stop()
responses.close()
await end()
process.exit()

async function ask(url: string, text: string): Promise<number> {
  const answered = new Promise<void>(resolve => {
    arrived = resolve
  })
  const body = new URLSearchParams({
    ...{ command: '/health', text, user_id: dana.id, channel_id: room.id, team_id: slack.bot.teamId },
    ...{ response_url: responseUrl, trigger_id: randomUUID(), api_app_id: slack.bot.appId, token: 'x' },
  }).toString()
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const signature = `v0=${createHmac('sha256', slack.secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const start = performance.now()
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': signature,
    },
    body,
  })
  await response.text()
  if (response.status !== 200) throw new Error(`answered ${response.status}`)
  await answered
  return performance.now() - start
}
