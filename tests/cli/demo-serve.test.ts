import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { trial } from '../../adapters/teams/playground/trial.ts'
import { createPlace } from '../service/rounds-process.ts'

const place = createPlace()
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const BEN = { id: '29:ben', name: 'Ben Marlow', aadObjectId: '0d3e0000-0000-4000-8000-0000000000a2' }

/** The other end, as the Playground is: it takes whatever is posted, and tells who somebody is. */
const posted: { conversation: string; text: string }[] = []
const other = createServer((request, response) => {
  let body = ''
  request.on('data', part => {
    body += part
  })
  request.on('end', () => {
    response.setHeader('Content-Type', 'application/json')
    if (request.method === 'GET') return response.end(JSON.stringify({ ...BEN, email: 'ben@example.com' }))
    const { pathname } = new URL(request.url ?? '', 'http://other')
    const named: unknown = body === '' ? {} : JSON.parse(body)
    posted.push({ conversation: `${decodeURIComponent(pathname)} ${JSON.stringify(named)}`, text: body })
    response.end(JSON.stringify({ id: `m${posted.length}`, activityId: `m${posted.length}` }))
  })
})

let demo: ChildProcess
let said = ''
let wrong = ''

beforeAll(async () => {
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const words = ['demo', '--serve', '--port', '0', '--db', place.databaseUrl]
  // What the caller has of their own must not matter: neither another platform nor an address for everybody.
  const env = { ...place.env, SLACK_BOT_TOKEN: 'xoxb-half-set', HOST: '0.0.0.0', LOG_LEVEL: 'error' }
  demo = spawn(process.execPath, [CLI, ...words], { cwd: place.folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  demo.stdout?.setEncoding('utf8').on('data', text => {
    said += text
  })
  demo.stderr?.setEncoding('utf8').on('data', text => {
    wrong += text
  })
  await vi.waitFor(() => expect(said).toContain('Ctrl+C ends it.'), { timeout: 60_000, interval: 100 })
}, 90_000)

afterAll(async () => {
  demo.kill('SIGKILL')
  other.close()
  await place.close()
})

const portOf = () => /listens on 127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? ''

describe('npm run demo -- --serve', () => {
  it('says what to do next, in the few lines that it takes', () => {
    expect(said).toContain(`npx @microsoft/m365agentsplayground start -e http://127.0.0.1:${portOf()}/api/messages`)
    expect(said).toContain(trial.channel.name)
    expect(said.trim().split('\n').length).toBeLessThan(14)
  })

  it('posts nothing before somebody is there; then the digest and the alerts of the morning', async () => {
    expect(posted).toEqual([])
    const { port } = other.address() as AddressInfo
    const tenantId = '0d3e0000-0000-4000-8000-000000000001'
    const response = await fetch(`http://127.0.0.1:${portOf()}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'installationUpdate',
        action: 'add',
        id: 'a1',
        channelId: 'msteams',
        serviceUrl: `http://127.0.0.1:${port}`,
        from: BEN,
        recipient: { id: '28:rounds', name: 'Rounds' },
        conversation: { id: 'a:ben', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
      }),
    })
    expect(response.status).toBe(200)

    const inChannel = () => posted.filter(({ conversation }) => conversation.includes(trial.channel.id))
    const has = (words: string) => inChannel().some(({ text }) => text.includes(words))
    await vi.waitFor(
      () => {
        expect(has('Newly at risk')).toBe(true)
        expect(has('Acme: At risk')).toBe(true)
      },
      { timeout: 30_000, interval: 100 },
    )
    expect(said).toContain(`in the channel ${trial.channel.name}`)
    expect(wrong).toBe('')
  })

  it('is not replaced under the feet of the person who looks at it', async () => {
    const again = await place.command('demo', '--db', place.databaseUrl)

    expect([again.exit, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toContain('Stop it first, or name another with --db.')
  })

  it('ends in good order', async () => {
    const ended = new Promise(resolve => demo.once('exit', resolve))
    demo.kill('SIGTERM')

    expect(await ended).toBe(0)
  })
})

it('refuses a day: it lives in the present', async () => {
  const refused = await place.command(
    'demo',
    '--serve',
    '--day',
    '2026-11-01',
    '--db',
    `sqlite:${join(place.folder, 'x.db')}`,
  )

  expect([refused.exit, refused.stdout]).toEqual([64, ''])
  expect(refused.stderr).toContain('--serve shows today, --day shows a day in the past.')
})
