import http from 'node:http'
import https from 'node:https'

/** Says something at a `response_url`; fails where Slack refuses it. */
export type Respond = (message: object) => Promise<void>

const TIMEOUT = 10_000

/**
 * As Bolt's `respond`, with a timeout and without `fetch`, which costs twice as much and keeps what it sent
 * until a full garbage collection: somebody is waiting for the answer.
 */
export function respondAt(url: string | undefined): Respond | undefined {
  return url === undefined ? undefined : message => post(new URL(url), JSON.stringify(message))
}

function post(url: URL, body: string): Promise<void> {
  const { request } = url.protocol === 'https:' ? https : http
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const posted = request(url, { method: 'POST', headers }, answer => {
      const { statusCode: status = 0 } = answer
      const isTaken = status >= 200 && status < 300
      answer
        .on('error', reject)
        .on('end', () => (isTaken ? resolve() : reject(new Error(`the response_url answered HTTP ${status}`))))
        .resume()
    })
    const late = setTimeout(() => posted.destroy(new Error('the response_url did not answer')), TIMEOUT)
    posted
      .on('error', reject)
      .on('close', () => clearTimeout(late))
      .end(body)
  })
}
