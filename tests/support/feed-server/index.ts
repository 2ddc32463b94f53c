import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { textFetcher } from '../../../src/outbound/fetch-text.ts'

/** Signs for this machine alone; its key is no secret. */
const [cert, key] = ['certificate.pem', 'key.pem'].map(name =>
  readFileSync(new URL(name, import.meta.url), 'utf8'),
) as [string, string]

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Calendars over real HTTPS on this machine: `feeds` has the answer to each path. `fetch` is what Rounds fetches with,
 * but for 127.0.0.1 being public to it; 127.0.0.2 stays a private address.
 */
export async function startFeedServer() {
  const feeds = new Map<string, string | Answer>()
  const asked: string[] = []
  const server = createServer({ cert, key }, (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const feed = feeds.get(path)
    if (typeof feed === 'function') feed(request, response)
    else if (feed === undefined) response.writeHead(404).end('nothing')
    else response.writeHead(200, { 'Content-Type': 'text/calendar' }).end(feed)
  })
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve))
  const { port } = server.address() as AddressInfo
  return {
    feeds,
    asked,
    urlOf: (path: string) => `https://127.0.0.1:${port}${path}`,
    insideOf: (path: string) => `https://127.0.0.2:${port}${path}`,
    fetch: textFetcher({ mayReach: isPublicHere, ca: cert }),
    /** The same with a timeout of one second. */
    fetchFast: textFetcher({ mayReach: isPublicHere, ca: cert, timeout: 1_000 }),
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function isPublicHere(address: string): boolean {
  return address === '127.0.0.1'
}

/** A calendar of events, each by its lines between BEGIN and END. */
export function calendarOf(...events: readonly (readonly string[])[]): string {
  const written = events.flatMap((lines, at) => [
    'BEGIN:VEVENT',
    `UID:${at}@tests`,
    'DTSTAMP:20260101T000000Z',
    ...lines,
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tests', ...written, 'END:VCALENDAR', ''].join('\r\n')
}
