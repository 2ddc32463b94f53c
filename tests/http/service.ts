import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpContext } from '../../src/http/route.ts'
import { createServer, listen } from '../../src/http/server.ts'
import { silentLog } from '../../src/log.ts'
import { checkSources } from '../../src/model/companion-files.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { createToken, type Scope } from '../../src/store/people/tokens.ts'
import type { SignalsThread } from '../../src/threads/signals-thread.ts'
import { placeMigrated } from '../support/migrated.ts'

export const NOW = Date.UTC(2026, 0, 1)
export const SIGNAL = { account_id: 'acme', metric: 'nps', value: 9, observed_at: '2025-12-31' }

export type Service = {
  readonly connection: Connection
  readonly url: string
  readonly address: string
  readonly port: number
  readonly token: string
  headers(given?: Record<string, string>): Record<string, string>
  send(
    body: string | Uint8Array<ArrayBuffer>,
    given?: Record<string, string>,
    path?: string,
  ): Promise<readonly [status: number, answer: Record<string, unknown>]>
  post(body: unknown, path?: string): Promise<readonly [status: number, answer: Record<string, unknown>]>
  /** Sends parts without saying how long they are together, and gives the status. */
  stream(parts: readonly string[], type?: string): Promise<number | undefined>
  /** Sends the beginning of a body of NDJSON, and hangs up once `after` has resolved; if left out, after a moment. */
  breakOff(parts: readonly string[], after?: () => Promise<unknown>): Promise<void>
  /** Goes on sending until it is cut off: the status it heard, and how many bytes it got rid of. */
  sendForEver(given: Record<string, string>): Promise<{ readonly answered: number | undefined; readonly sent: number }>
  stored(): unknown[]
  end(): Promise<void>
}

const settings = loadSettings(undefined)

/** What a server is given; `sources` is the text of sources.yaml. */
export function serverParts(connection: Connection, sources = '{}') {
  const all = { ...settings, sources: checkSources(sources).value ?? settings.sources }
  const world = {
    connection,
    instance: 'test',
    clock: () => NOW,
    log: silentLog,
    platforms: [slack],
    settings: () => all,
    secretOf: () => undefined,
  }
  return { ...world, stuckJobs: () => [] }
}

const slack = { name: 'slack', withoutMarkup: (text: string) => text }

/** The thread on which signals are taken, run from this file; they are taken here where there is none. */
type Receiving = { readonly receive?: (databaseUrl: string) => SignalsThread }

/** The service over a real port, with one account and one token. */
export async function startService(
  scopes: readonly Scope[] = ['signals:write'],
  sources?: string,
  { receive, ...more }: Partial<Pick<HttpContext, 'pause' | 'secretOf'>> & Receiving = {},
): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-http-'))
  const url = `sqlite:${join(folder, 'rounds.db')}`
  await placeMigrated(url)
  const connection = openDatabase(url, { timeout: 50 })
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOW)
  const { token } = await createToken(connection.db, { name: 'crm', scopes, now: NOW, randomBytes })
  const thread = receive?.(url)
  const parts = { ...serverParts(connection, sources), ...more, signalsThread: () => thread }
  const server = await listen(createServer(parts), { port: 0 })
  const address = `http://127.0.0.1:${server.port}`
  const headers = (given: Record<string, string> = {}) => ({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...given,
  })
  const send: Service['send'] = async (body, given, path = '/v1/signals') => {
    const response = await fetch(`${address}${path}`, { method: 'POST', headers: headers(given), body })
    const answer: Record<string, unknown> = Object(await response.json())
    return [response.status, answer] as const
  }
  return {
    connection,
    url,
    address,
    port: server.port,
    token,
    headers,
    send,
    post: (body, path) => send(JSON.stringify(body), {}, path),
    stream: (parts, type = 'application/x-ndjson') =>
      streamTo(`${address}/v1/signals`, headers({ 'content-type': type }), parts),
    breakOff: (parts, after) =>
      breakOff(`${address}/v1/signals`, headers({ 'content-type': 'application/x-ndjson' }), parts, after),
    sendForEver: given => sendForEver(`${address}/v1/signals`, headers(given)),
    stored: () => bareOf(connection).prepare(STORED).pluck().all(),
    async end() {
      await server.close()
      await thread?.stop()
      await connection.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const STORED = `select m.name || '|' || cast(value as integer) || '|' || ${RECEIVED_AT} || '|' || c.name || '|' || id
  from signals join metrics m on m.key = metric join sources c on c.key = source order by 1`

function streamTo(url: string, headers: Record<string, string>, parts: readonly string[]) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers })
    sending.on('error', reject)
    sending.on('response', response => {
      response.resume()
      resolve(response.statusCode)
    })
    for (const part of parts) sending.write(part)
    sending.end()
  })
}

async function breakOff(
  url: string,
  headers: Record<string, string>,
  parts: readonly string[],
  after: () => Promise<unknown> = () => sleep(300),
): Promise<void> {
  const sending = request(url, { method: 'POST', headers }).on('error', () => {})
  const closed = new Promise(resolve => sending.on('close', resolve))
  for (const part of parts) sending.write(part)
  await after()
  sending.destroy()
  await closed
}

function sendForEver(url: string, headers: Record<string, string>) {
  return new Promise<{ answered: number | undefined; sent: number }>(resolve => {
    const [part, end] = [Buffer.alloc(256 * 1024, ' '), Date.now() + 10_000]
    let [answered, sent]: [number | undefined, number] = [undefined, 0]
    const sending = request(url, { method: 'POST', headers })
    const done = () => resolve({ answered, sent })
    sending.on('error', done)
    sending.on('close', done)
    sending.on('response', response => {
      answered = response.statusCode
      response.resume()
    })
    const more = () => {
      if (sending.destroyed || Date.now() > end) return done()
      sent += part.length
      if (sending.write(part)) setImmediate(more)
      else sending.once('drain', more)
    }
    more()
  })
}
