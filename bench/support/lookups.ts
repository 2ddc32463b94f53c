import { createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App } from '@slack/bolt'
import { silentLog } from '../../src/log.ts'
import { platforms } from '../../src/platforms.ts'
import { startService } from '../../src/service.ts'
import type { ScoringThread } from '../../src/threads/scoring-thread.ts'
import { startSignalsThread } from '../../src/threads/signals-thread.ts'
import { startFakeSlack } from '../../tests/support/fake-slack/index.ts'
import { listedAccounts } from './accounts.ts'
import type { Portfolio } from './portfolio.ts'
import { MORNING } from './signals.ts'

/** Nothing is scored beside the lookups. */
export const IDLE = {
  score: async () => 0,
  isSound: async () => true,
  stop: async () => {},
} as unknown as ScoringThread

/**
 * `/health NAME`, signed, over HTTP: asked of the whole service and of a Bolt app with a constant answer. For the service
 * it is the morning on which the portfolio was scored.
 */
export async function openLookups(
  { databaseUrl, accounts }: Pick<Portfolio, 'databaseUrl'> & { accounts: number },
  scoring: ScoringThread,
) {
  const opened = Date.now()
  const clock = () => MORNING + Date.now() - opened
  const names = listedAccounts(accounts).map(({ name }) => name ?? '')
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
    // A server would have it go by its own clock.
    sharedClock: async () => ({ clock, stop() {} }),
    ...{ clock, newId: randomUUID, log: silentLog, operator: 'bench', startScoring: () => scoring },
    startReceiving: startSignalsThread,
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
  const boltServer = (await bolt.start(0)) as ReturnType<typeof createServer>
  const boltUrl = `http://127.0.0.1:${(boltServer.address() as AddressInfo).port}`
  const serviceUrl = `http://127.0.0.1:${service.port}`

  /** Milliseconds until the answer has come to its response_url. */
  async function ask(url: string, round: number): Promise<number> {
    const answered = new Promise<void>(resolve => {
      arrived = resolve
    })
    const text = names[(round * 3_701) % names.length] ?? ''
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

  return {
    serviceUrl,
    service,
    clock,
    askService: (round: number) => ask(serviceUrl, round),
    askBolt: (round: number) => ask(boltUrl, round),
    async end() {
      await bolt.stop()
      await service.stop()
      await slack.stop()
      responses.close()
    },
  }
}

/** Milliseconds on the wall, one of each lookup, and of the processor, of a lookup on average. */
export type Asked = { readonly times: number[]; cpu: number }

/** Asks both by turns, so that whatever else happens on the machine happens to both; the first rounds warm up. */
export async function compareLookups(
  { askService, askBolt }: Pick<Awaited<ReturnType<typeof openLookups>>, 'askService' | 'askBolt'>,
  asked: number,
): Promise<{ service: Asked; bolt: Asked }> {
  const service: Asked = { times: [], cpu: 0 }
  const bolt: Asked = { times: [], cpu: 0 }
  const note = async (to: Asked, ask: () => Promise<number>) => {
    const before = process.cpuUsage()
    to.times.push(await ask())
    const { user, system } = process.cpuUsage(before)
    to.cpu += (user + system) / 1_000 / asked
  }
  for (let round = 0; round < asked + 100; round += 1) {
    if (round < 100) await askBolt(round).then(() => askService(round))
    else {
      await note(bolt, () => askBolt(round))
      await note(service, () => askService(round))
    }
  }
  return { service, bolt }
}
