import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App } from '@slack/bolt'
import { systemClock } from '../src/clock.ts'
import { silentLog } from '../src/log.ts'
import { loadSettings } from '../src/model/settings.ts'
import { platforms } from '../src/platforms.ts'
import { startService } from '../src/service.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { startFakeSlack } from '../tests/support/fake-slack/index.ts'
import { quantile, report } from './measure.ts'
import { createPortfolio, MORNING } from './portfolio.ts'

/** `/health NAME` over HTTP until the answer has come to its response_url: the whole service, against Bolt alone. */
const ASKED = 400
const { connection, databaseUrl, end } = await createPortfolio(1_000)
const { model } = loadSettings(undefined)
const run = { model, at: MORNING, newId: randomUUID, accounts: 'all', purpose: 'slot' } as const
await scoreAccounts(connection, run)

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
  const name = `account ${'number'} ${(round * 37) % 1_000}`
  const first = await ask(boltUrl, name)
  const second = await ask(`http://127.0.0.1:${service.port}`, name)
  if (round < 50) continue
  times.bolt.push(first)
  times.service.push(second)
}

const [alone, whole] = [quantile(times.bolt, 0.5), quantile(times.service, 0.5)]
report(
  'lookup',
  whole / alone,
  `Bolt with a constant answer: ${whole.toFixed(2)} ms against ${alone.toFixed(2)} ms, p99 ${quantile(times.service, 0.99).toFixed(1)} ms`,
)
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
