import { randomUUID } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import type pg from 'pg'

/** Where migration 0110 says that there is something to send. */
export const OUTBOX = 'rounds_outbox'

export type Hearing = { end(): Promise<void> }

const CONNECTING = 10_000
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000
/** A server that does not answer holds up no end. */
const LAST_WORDS = 2_000

/** Hears, on a connection of its own, what other connections notify; one that breaks is made again. */
export function hear(url: string, channel: string, heard: () => void): Hearing {
  const ending = new AbortController()
  const { signal } = ending
  const running = (async () => {
    for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const wasConnected = await hearUntilLost(url, channel, heard, signal).catch(() => false)
      if (wasConnected) pause = FIRST_PAUSE
      await rest(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async end() {
      ending.abort()
      await Promise.race([running, rest(LAST_WORDS, undefined, { ref: false })])
    },
  }
}

async function hearUntilLost(url: string, channel: string, heard: () => void, signal: AbortSignal): Promise<true> {
  const client = await connected(url)
  const lost = new Promise(resolve => client.once('end', resolve))
  const end = () => void client.end().catch(() => {})
  signal.addEventListener('abort', end)
  try {
    client.on('notification', heard)
    await client.query(`listen ${channel}`)
    // What was said while nobody heard it.
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
    fallback_application_name: 'rounds hears',
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** What is notified on the same machine arrives in milliseconds. */
const PATIENCE = 2_000

/** Whether what one connection notifies reaches another: not where a proxy lends connections for a transaction each. */
export async function isHeard(url: string): Promise<boolean> {
  const clients: pg.Client[] = []
  const another = async () => {
    const client = await connected(url)
    clients.push(client)
    return client
  }
  try {
    const [hearing, saying] = [await another(), await another()]
    const channel = `rounds_${randomUUID().replaceAll('-', '')}`
    const arrived = new Promise<boolean>(resolve => hearing.once('notification', () => resolve(true)))
    await hearing.query(`listen ${channel}`)
    await saying.query(`notify ${channel}`)
    return await Promise.race([arrived, rest(PATIENCE, false, { ref: false })])
  } finally {
    await Promise.all(clients.map(client => client.end()))
  }
}
