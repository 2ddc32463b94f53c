import { lookup } from 'node:dns'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Sends a body to an address, once, and follows nowhere. */
export type PostOut = (
  url: string,
  sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly allowsPrivate: boolean },
) => Promise<{ readonly status: number; readonly retryAfter?: number }>

const PATIENCE = 10_000

/**
 * Posts to an https address, and follows no redirect. The address that a name leads to is looked at as it is connected
 * to, so that no name can lead into the network of Rounds itself.
 */
export const postOut: PostOut = (url, { headers, body, allowsPrivate }) => {
  const { hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!allowsPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return Promise.reject(notPublic(host))
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Rounds' },
      timeout: PATIENCE,
      signal: AbortSignal.timeout(PATIENCE),
      ...(!allowsPrivate && { lookup: publicOnly }),
    }
    const sent = request(url, options, response => {
      response.resume()
      const seconds = Number(response.headers['retry-after'])
      const asked = Number.isFinite(seconds) && seconds > 0 ? { retryAfter: seconds * 1_000 } : {}
      response.on('close', () => resolve({ status: response.statusCode ?? 0, ...asked }))
    })
    sent.on('timeout', () => sent.destroy(new Error('it did not answer within 10 seconds')))
    sent.on('error', error =>
      reject(error.name === 'AbortError' ? new Error('it did not answer within 10 seconds') : error),
    )
    sent.end(body)
  })
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0)
    const hidden = addresses.find(({ address }) => !isPublicAddress(address))
    if (hidden !== undefined) return callback(notPublic(hidden.address), '', 0)
    if (options.all) return callback(null, addresses)
    const [first] = addresses
    return first === undefined
      ? callback(new Error(`${hostname} leads nowhere`), '', 0)
      : callback(null, first.address, first.family)
  })
}

function notPublic(address: string): Error {
  return new Error(`${address} is not a public address: allow_private: true allows it`)
}
