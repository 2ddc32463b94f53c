import type pg from 'pg'

/** Milliseconds that the server has to answer. */
const ANSWER = 5_000

/**
 * The server processes that are running a statement; `unknown` if the server is there but does not say, `away` if it
 * does not answer.
 */
export type Busy = ReadonlySet<number> | 'unknown' | 'away'

/**
 * Whether the server may still be working for a connection. Behind a proxy, nobody knows which process is ours: any
 * that is busy may be.
 */
export function mayBeWorking(busy: Busy, backend: number | undefined): boolean {
  if (busy === 'unknown' || busy === 'away') return busy === 'unknown'
  return backend === undefined ? busy.size > 0 : busy.has(backend)
}

export async function busyBackends(options: pg.ClientConfig): Promise<Busy> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...options, connectionTimeoutMillis: ANSWER, query_timeout: ANSWER })
  client.on('error', () => {})
  const asked = performance.now()
  try {
    await client.connect()
    // A process that waits for its client is not busy.
    const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where state = 'active'
      and usename = current_user and pid <> pg_backend_pid() and wait_event_type is distinct from 'Client'`)
    return new Set(rows.map(({ pid }) => pid))
  } catch (error) {
    // The server has no connection left, or is starting: it is there.
    if (error instanceof pg.DatabaseError) return 'unknown'
    // If this process was frozen, the answer may have come and not been read.
    return performance.now() - asked > 2 * ANSWER ? 'unknown' : 'away'
  } finally {
    breakOff(client)
  }
}

/** Closes a connection at once, without a goodbye that would not arrive. */
export function breakOff({ connection }: pg.Client): void {
  connection.stream.destroy()
}
