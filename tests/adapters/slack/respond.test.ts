import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { respondAt } from '../../../adapters/slack/bolt/respond.ts'

/** Answers with this status; without one never. */
async function startResponses(status?: number) {
  const said: string[] = []
  const server = createServer((request, response) => {
    let text = ''
    request
      .on('data', piece => {
        text += piece
      })
      .on('end', () => {
        said.push(`${request.headers['content-type']} ${text}`)
        if (status !== undefined) response.writeHead(status).end('ok')
      })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { said, respond: respondAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`) }
}

it('says it as JSON, in whatever script', async () => {
  const { said, respond } = await startResponses(200)

  await respond?.({ text: 'Zoë 健康 🔴' })

  expect(said).toEqual(['application/json {"text":"Zoë 健康 🔴"}'])
})

it.each([302, 404, 500])('fails where Slack answers %i', async status => {
  const { respond } = await startResponses(status)

  await expect(respond?.({ text: 'hi' })).rejects.toThrow(`HTTP ${status}`)
})

it('fails where nobody answers', async () => {
  const { said, respond } = await startResponses()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())

  const failed = expect(respond?.({ text: 'hi' })).rejects.toThrow('did not answer')
  while (said.length === 0) await new Promise(setImmediate)
  vi.advanceTimersByTime(10_000)

  await failed
})

it('has nowhere to say it without an address', () => {
  expect(respondAt(undefined)).toBeUndefined()
})
