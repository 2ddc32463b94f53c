import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isPublicAddress } from './public-address.ts'
import { hiddenHost, lookupWithin, type MayReach } from './public-lookup.ts'

/** Fetches a text from an address. Throws why it could not, in words that follow "because", and never the address. */
export type FetchText = (url: string) => Promise<string>

/** `ca` is trusted beside the well-known ones. */
type Rules = { readonly mayReach?: MayReach; readonly ca?: string; readonly timeout?: number }

const TIMEOUT = 10_000
const MOST_BYTES = 2 * 1024 * 1024
const TOO_LARGE = 'it is larger than 2 MB'
const MOST_REDIRECTS = 3

/** Over https only, and only from public addresses, whatever a redirect says; all of it in ten seconds. */
export function textFetcher({ mayReach = isPublicAddress, ca, timeout = TIMEOUT }: Rules = {}): FetchText {
  return async url => {
    const signal = AbortSignal.timeout(timeout)
    let next = url
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await get(next, { mayReach, signal, ...(ca !== undefined && { ca }) })
      if (answer.text !== undefined) return answer.text
      next = answer.location
    }
    throw new Error('it redirects again and again')
  }
}

type Answer = { readonly text: string } | { readonly text?: undefined; readonly location: string }
type Request = { readonly mayReach: MayReach; readonly signal: AbortSignal; readonly ca?: string }

function get(address: string, { mayReach, ...options }: Request): Promise<Answer> {
  const url = new URL(address)
  if (url.protocol !== 'https:') return Promise.reject(new Error('it leads to an address without https'))
  const hidden = hiddenHost(url, mayReach)
  if (hidden !== undefined) return Promise.reject(hidden)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(options.signal.aborted ? new Error('it did not answer within 10 seconds') : error)
    const headers = { accept: 'text/calendar, text/plain', 'accept-encoding': 'identity', 'user-agent': 'Rounds' }
    const sent = request(url, { ...options, headers, lookup: lookupWithin(mayReach) }, response => {
      response.on('error', fail)
      read(response, url).then(resolve, error => {
        fail(error)
        sent.destroy()
      })
    })
    sent.on('error', fail)
    sent.end()
  })
}

async function read(response: IncomingMessage, from: URL): Promise<Answer> {
  const { statusCode = 0, headers } = response
  const { location } = headers
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
    response.destroy()
    if (!URL.canParse(location, from.href)) throw new Error('it leads nowhere')
    return { location: new URL(location, from).href }
  }
  if (statusCode !== 200) throw new Error(`it answered ${statusCode}`)
  if (Number(headers['content-length']) > MOST_BYTES) throw new Error(TOO_LARGE)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error(TOO_LARGE)
    chunks.push(chunk)
  }
  return { text: Buffer.concat(chunks).toString('utf8') }
}
