import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isThing, type Thing } from '../thing.ts'
import type { Fault, Faults, Operation } from './faults.ts'
import { type Answer, routeOf } from './routes.ts'
import type { Tenant } from './tenant.ts'
import { ISSUER, type TokenMaker } from './tokens.ts'

/** One call that reached the connector, whether it was taken or not. */
export type Call = {
  readonly operation: Operation
  readonly path: string
  readonly body: Thing
  /** 0 where it went wrong before an answer was made. */
  readonly status: number
  readonly code: string
}

type Parts = {
  readonly tenant: Tenant
  readonly faults: Faults
  readonly calls: Call[]
  readonly tokens: TokenMaker
}

/** Connector and OpenID metadata on loopback, where no bot should leave a token: one that comes is refused. */
export async function startServer(parts: Parts): Promise<{ readonly server: Server; readonly base: string }> {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, base: `http://127.0.0.1:${port}` }
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await readBody(request)
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  if (request.method === 'PUT' && url.pathname.startsWith('/onedrive/')) {
    parts.tenant.uploads.set(url.pathname, raw)
    return send(response, { status: 201, body: {} })
  }
  const metadata = metadataAt(parts, url)
  if (metadata !== undefined) return send(response, { status: 200, body: metadata })

  const found = routeOf(request.method ?? '', url.pathname.replace(/^\/emea(?=\/v3\/)/, ''))
  const operation = found?.route.operation ?? 'nothing'
  const body = parsed(raw)
  const note = (status: number, answer?: Answer) => {
    const error = isThing(answer?.body.error) ? answer.body.error : {}
    parts.calls.push({ operation, path: url.pathname, body, status, code: String(error.code ?? '') })
  }
  const fault = parts.faults.take(operation)
  if (fault !== undefined && fault !== 'hang' && fault !== 'drop') {
    note(fault === 'refuse' ? 0 : fault.status)
    return refuse(response, fault)
  }
  const result =
    request.headers.authorization === undefined
      ? (found?.route.act({ tenant: parts.tenant, ids: found.ids, body, query: url.searchParams }) ?? NO_PATH)
      : TOKEN_LEFT
  note(result.status, result)
  if (fault === 'drop') response.destroy()
  else if (fault !== 'hang') send(response, result)
}

const NO_PATH = { status: 404, body: { error: { code: 'NotFound', message: 'There is no such path.' } } }
const TOKEN_LEFT = { status: 401, body: { error: { code: 'TokenLeft', message: 'A token was left on this machine.' } } }

function metadataAt({ tokens }: Parts, { pathname, origin }: URL): Thing | undefined {
  if (pathname === '/openid/keys') return tokens.keys
  if (pathname !== '/openid/configuration') return undefined
  return {
    issuer: ISSUER,
    jwks_uri: `${origin}/openid/keys`,
    authorization_endpoint: 'https://invalid.botframework.com/',
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }
}

function refuse(response: ServerResponse, fault: Exclude<Fault, 'hang' | 'drop'>): void {
  if (fault === 'refuse') {
    response.destroy()
    return
  }
  const { status, code, retryAfter } = fault
  const body = code === undefined ? {} : { error: { code, message: code } }
  send(response, retryAfter === undefined ? { status, body } : { status, body, retryAfter })
}

function send(response: ServerResponse, { status, body, retryAfter }: Answer): void {
  const after = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  response.writeHead(status, { 'Content-Type': 'application/json', ...after }).end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function parsed(raw: string): Thing {
  const value: unknown = JSON.parse(raw || '{}')
  return isThing(value) ? value : {}
}
