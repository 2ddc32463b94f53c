import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textFetcher } from '../../src/outbound/fetch-text.ts'
import { type Answer, startFeedServer } from '../support/feed-server/index.ts'

let server: Awaited<ReturnType<typeof startFeedServer>>
beforeEach(async () => {
  server = await startFeedServer()
})
afterEach(() => server.stop())

const redirectTo =
  (location: string): Answer =>
  (_, response) =>
    response.writeHead(302, { location }).end()

describe('what is fetched', () => {
  it('is the text of an https address, also behind a redirect', async () => {
    server.feeds.set('/feed', 'Grüße')
    server.feeds.set('/moved', redirectTo('/feed'))

    expect(await server.fetch(server.urlOf('/moved'))).toBe('Grüße')
  })

  it.each([
    ['a private address', () => server.insideOf('/feed'), '127.0.0.2 is not a public address'],
    ['a name that leads inside', () => server.urlOf('/feed').replace('127.0.0.1', 'localhost'), 'public address'],
    ['an address without https', () => 'http://127.0.0.1/feed', 'leads to an address without https'],
    ['a page that is not there', () => server.urlOf('/other'), 'it answered 404'],
  ])('is never %s', async (_, url, reason) => {
    server.feeds.set('/feed', 'secret')
    const fetch = _.startsWith('a name') ? textFetcher() : server.fetch

    await expect(fetch(url())).rejects.toThrow(reason)
    expect(server.asked.filter(path => path === '/feed')).toEqual([])
  })

  it.each([
    ['into the network', () => server.insideOf('/feed'), 'is not a public address'],
    ['to an address without https', () => 'http://127.0.0.1/feed', 'without https'],
    ['to a file', () => 'file:///etc/passwd', 'without https'],
    ['in a circle', () => '/circle', 'it redirects again and again'],
  ])('is never what it is redirected to %s', async (_, location, reason) => {
    server.feeds.set('/feed', 'secret')
    server.feeds.set('/circle', redirectTo(location()))

    await expect(server.fetch(server.urlOf('/circle'))).rejects.toThrow(reason)
  })

  it('ends with so many seconds, whether nothing comes or something without end', async () => {
    server.feeds.set('/silent', () => {})
    server.feeds.set('/drip', (_, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(drip))
    })

    const reasons = await Promise.all(
      ['/silent', '/drip'].map(path => server.fetchFast(server.urlOf(path)).catch(error => error.message)),
    )
    expect(reasons).toEqual(Array(2).fill('it did not answer within 10 seconds'))
  })

  it('is never more than two megabytes', async () => {
    server.feeds.set('/large', 'x'.repeat(10_000_000))

    await expect(server.fetch(server.urlOf('/large'))).rejects.toThrow('it is larger than 2 MB')
  })
})
