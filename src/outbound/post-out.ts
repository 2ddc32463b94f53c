import { request } from 'node:https'
import { isPublicAddress } from './public-address.ts'
import { hiddenHost, lookupWithin } from './public-lookup.ts'

/** Sends a body to an address, once, and follows nowhere. */
export type PostOut = (
  url: string,
  sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly allowsPrivate: boolean },
) => Promise<{ readonly status: number; readonly retryAfter?: number }>

const TIMEOUT = 10_000

/** What is said of an address that is not public. */
const REMEDY = 'allow_private: true allows it'

/** Posts to an https address that is public, and follows no redirect. */
export const postOut: PostOut = (url, { headers, body, allowsPrivate }) => {
  const hidden = allowsPrivate ? undefined : hiddenHost(new URL(url), isPublicAddress, REMEDY)
  if (hidden !== undefined) return Promise.reject(hidden)
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Rounds' },
      timeout: TIMEOUT,
      signal: AbortSignal.timeout(TIMEOUT),
      ...(!allowsPrivate && { lookup: lookupWithin(isPublicAddress, REMEDY) }),
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
