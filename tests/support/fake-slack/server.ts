import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault, Faults } from './faults.ts'
import { type Answer, METHODS } from './methods.ts'
import { useResponseUrl } from './response-url.ts'
import { isThing, type Thing } from './validate-objects.ts'
import type { Workspace } from './workspace.ts'

/** One call that reached Slack, whether it was taken or not. */
export type Call = { readonly method: string; readonly args: Thing; readonly answer: Answer }

export type Tokens = { readonly bot: string; readonly app: string }

type Parts = {
  readonly space: Workspace
  readonly faults: Faults
  readonly calls: Call[]
  /** The name of every method that was called, those included whose call went wrong on purpose. */
  readonly tried: string[]
  readonly tokens: Tokens
  readonly openConnection: () => Answer
}

/** The Web API and the response URLs, on loopback. */
export async function startServer(parts: Parts): Promise<{ readonly server: Server; readonly base: string }> {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, base: `http://127.0.0.1:${port}` }
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.startsWith('/files/')) return serveFile(parts, request, response)
  if (request.url?.startsWith('/upload/')) return takeUpload(parts, request, response)
  const body = await readBody(request)
  const [, kind, name = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? []
  const method = kind === 'response' ? 'response_url' : name
  parts.tried.push(method)
  const fault = parts.faults.take(method)
  if (fault !== undefined && isRefusal(fault)) return refuse(response, fault)

  if (kind === 'response') {
    const { status, text } = useResponseUrl(parts.space, name, body)
    parts.calls.push({ method, args: body, answer: { ok: status === 200, error: text } })
    return end(response, fault, () => response.writeHead(status).end(text))
  }
  const result = callMethod(parts, request, name, body)
  parts.calls.push({ method, args: body, answer: result })
  end(response, fault, () => {
    const headers = { 'Content-Type': 'application/json' }
    if (result.retryAfter === undefined) response.writeHead(200, headers).end(JSON.stringify(result))
    else response.writeHead(429, { ...headers, 'Retry-After': String(result.retryAfter) }).end(JSON.stringify(result))
  })
}

async function takeUpload({ space }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = request.url?.split('/').at(-1) ?? ''
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const upload = space.uploads.get(id)
  if (upload !== undefined) space.uploads.set(id, { ...upload, bytes: Buffer.concat(chunks) })
  response.writeHead(upload === undefined ? 404 : 200).end()
}

/** As Slack does, a page to sign in on for a request without the token. */
function serveFile({ space, tokens }: Parts, { url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const file = space.files.get(url.split('/').at(-1) ?? '')
  if (file === undefined) response.writeHead(404).end()
  else if (headers.authorization !== `Bearer ${tokens.bot}`) response.writeHead(302, { Location: '/signin' }).end()
  else response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(file.bytes)
}

function callMethod(parts: Parts, request: IncomingMessage, name: string, args: Thing): Answer {
  const token = request.headers.authorization?.replace('Bearer ', '') ?? args.token
  const isForApp = name === 'apps.connections.open'
  if (token === undefined) return { ok: false, error: 'not_authed' }
  if (token !== (isForApp ? parts.tokens.app : parts.tokens.bot)) return { ok: false, error: 'invalid_auth' }
  if (isForApp) return parts.openConnection()
  const here = name === 'files.getUploadURLExternal' ? { ...args, base: `http://${request.headers.host}` } : args
  return METHODS[name]?.(parts.space, here) ?? { ok: false, error: 'unknown_method' }
}

function isRefusal(fault: Fault): fault is Exclude<Fault, 'hang' | 'drop'> {
  return fault !== 'hang' && fault !== 'drop'
}

function refuse(response: ServerResponse, fault: Exclude<Fault, 'hang' | 'drop'>): void {
  if (fault === 'refuse') {
    response.destroy()
  } else if ('error' in fault) {
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ ok: false, error: fault.error }))
  } else {
    const after = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
    response.writeHead(fault.status, after).end('')
  }
}

function end(response: ServerResponse, fault: Fault | undefined, send: () => void): void {
  if (fault === 'drop') response.destroy()
  else if (fault !== 'hang') send()
}

async function readBody(request: IncomingMessage): Promise<Thing> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const raw = Buffer.concat(chunks).toString()
  if (request.headers['content-type']?.includes('json')) {
    const parsed: unknown = JSON.parse(raw || '{}')
    return isThing(parsed) ? parsed : {}
  }
  const fields = Object.fromEntries(new URLSearchParams(raw))
  return Object.fromEntries(
    Object.entries(fields).map(([key, text]) => [key, isJsonField(key) ? JSON.parse(text) : text]),
  )
}

function isJsonField(key: string): boolean {
  return key === 'blocks' || key === 'view' || key === 'unfurls' || key === 'metadata'
}
