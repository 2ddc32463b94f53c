import { createHmac } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { isThing, type Thing } from './validate-objects.ts'

export type Kind = 'command' | 'event' | 'interactive'

/** What the bot answered to a delivery; in Socket Mode 200 stands for an acknowledgement, 504 for none in time. */
export type Receipt = { readonly status: number; readonly body: unknown }

export type Transport = { deliver(kind: Kind, body: Thing, retry?: number): Promise<Receipt> }

/** How Slack gives up on a bot that does not acknowledge. */
const PATIENCE = 3_000

/** `signed` is the body that the signature is for, when it was changed on the way. */
export type SendOptions = {
  readonly signed?: string
  readonly secret?: string
  readonly timestamp?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Posts a raw body to the bot, signed as Slack signs. `timestamp` in seconds. */
export async function sendSigned(
  url: string,
  body: string,
  type: string,
  options: SendOptions & { secret: string },
): Promise<Receipt> {
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000)
  const hash = createHmac('sha256', options.secret)
    .update(`v0:${timestamp}:${options.signed ?? body}`)
    .digest('hex')
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: {
      'Content-Type': type,
      'X-Slack-Request-Timestamp': String(timestamp),
      'X-Slack-Signature': `v0=${hash}`,
      ...options.headers,
    },
    body,
  })
  const text = await response.text()
  return { status: response.status, body: parsedOrText(text) }
}

export function httpTransport(url: string, secret: string): Transport {
  return {
    deliver(kind, body, retry) {
      const headers =
        retry === undefined ? {} : { 'X-Slack-Retry-Num': String(retry), 'X-Slack-Retry-Reason': 'http_timeout' }
      if (kind === 'event') return sendSigned(url, JSON.stringify(body), 'application/json', { secret, headers })
      const fields =
        kind === 'command'
          ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]))
          : { payload: JSON.stringify(body) }
      return sendSigned(url, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', {
        secret,
        headers,
      })
    },
  }
}

type SocketTransport = Transport & {
  isConnected(): boolean
  /** How many web sockets were opened so far. */
  connections(): number
  breakConnection(): void
  close(): void
}

/** Socket Mode: a web socket beside the Web API; each delivery is an envelope that wants an acknowledgement. */
export function createSocketTransport(server: Server): SocketTransport {
  const sockets = new WebSocketServer({ server, path: '/socket' })
  const waiting = new Map<string, (receipt: Receipt) => void>()
  let last = 0
  let current: WebSocket | undefined
  let opened = 0

  sockets.on('connection', socket => {
    current = socket
    opened += 1
    socket.on('message', data => {
      const message: unknown = JSON.parse(String(data))
      if (!isThing(message)) return
      waiting.get(String(message.envelope_id))?.({ status: 200, body: emptyAsText(message.payload) })
    })
    socket.on('close', () => {
      if (current === socket) current = undefined
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0APP' } }))
  })

  return {
    isConnected: () => current !== undefined,
    connections: () => opened,
    async deliver(kind, body, retry) {
      last += 1
      const id = `envelope-${last}`
      const type = { command: 'slash_commands', event: 'events_api', interactive: 'interactive' }[kind]
      const receipt = new Promise<Receipt>(resolve => {
        const timer = setTimeout(() => resolve({ status: 504, body: 'not acknowledged' }), PATIENCE)
        waiting.set(id, given => {
          clearTimeout(timer)
          resolve(given)
        })
      })
      const again = retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' }
      current?.send(
        JSON.stringify({ type, envelope_id: id, payload: body, accepts_response_payload: kind !== 'event', ...again }),
      )
      return receipt
    },
    breakConnection: () => current?.terminate(),
    close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function emptyAsText(payload: unknown): unknown {
  return isThing(payload) && Object.keys(payload).length > 0 ? payload : ''
}
