import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** The channel on which migration 0110 notifies that there is something to send. */
export const OUTBOX = 'rounds_outbox'

export type Listener = { end(): Promise<void> }

const CONNECTING = 10_000
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000
/** A server that does not answer must not hold up a shutdown. */
const GRACE_PERIOD = 2_000

/** Listens, on a connection of its own, for what other connections notify; reconnects when that one breaks. */
export function listen(url: string, channel: string, heard: () => void): Listener {
  const ending = new AbortController()
  const { signal } = ending
  const running = (async () => {
    for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const wasConnected = await listenUntilLost(url, channel, heard, signal).catch(() => false)
      if (wasConnected) pause = FIRST_PAUSE
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async end() {
      ending.abort()
      await Promise.race([running, sleep(GRACE_PERIOD, undefined, { ref: false })])
    },
  }
}

async function listenUntilLost(url: string, channel: string, heard: () => void, signal: AbortSignal): Promise<true> {
  const client = await connected(url)
  const lost = new Promise(resolve => client.once('end', resolve))
  const end = () => void client.end().catch(() => {})
  signal.addEventListener('abort', end)
  try {
    client.on('notification', heard)
    await client.query(`listen ${channel}`)
    // Something may have been notified while nobody listened.
    heard()
    if (signal.aborted) end()
    await lost
    return true
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}

async function connected(url: string): Promise<pg.Client> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECTING,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECTING,
    fallback_application_name: 'rounds listens',
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** What is notified on the same machine arrives in milliseconds. */
const TIMEOUT = 2_000

/** Whether a notification from one connection reaches another: it does not through a proxy that pools by transaction. */
export async function notificationsArrive(url: string): Promise<boolean> {
  const clients: pg.Client[] = []
  const another = async () => {
    const client = await connected(url)
    clients.push(client)
    return client
  }
  try {
    const [listening, notifying] = [await another(), await another()]
    const channel = `rounds_${randomUUID().replaceAll('-', '')}`
    const arrived = new Promise<boolean>(resolve => listening.once('notification', () => resolve(true)))
    await listening.query(`listen ${channel}`)
    await notifying.query(`notify ${channel}`)
    return await Promise.race([arrived, sleep(TIMEOUT, false, { ref: false })])
  } finally {
    await Promise.all(clients.map(client => client.end()))
  }
}
