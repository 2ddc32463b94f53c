import type pg from 'pg'

/** Milliseconds that the server has to answer. */
const ANSWER = 5_000

/** The connections on which the server is at a statement; or it does not say, or does not answer at all. */
export type Busy = ReadonlySet<number> | 'unsaid' | 'away'

/** Behind a proxy nobody knows which one is at ours: as long as there is any, it may be that. */
export function mayBeAtIt(busy: Busy, backend: number | undefined): boolean {
  if (busy === 'unsaid' || busy === 'away') return busy === 'unsaid'
  return backend === undefined ? busy.size > 0 : busy.has(backend)
}

export async function busyBackends(options: pg.ClientConfig): Promise<Busy> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...options, connectionTimeoutMillis: ANSWER, query_timeout: ANSWER })
  client.on('error', () => {})
  const asked = performance.now()
  try {
    await client.connect()
    // One that waits for its client has nothing to do.
    const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where state = 'active'
      and usename = current_user and pid <> pg_backend_pid() and wait_event_type is distinct from 'Client'`)
    return new Set(rows.map(({ pid }) => pid))
  } catch (error) {
    // It has no connection left, or starts: it is there.
    if (error instanceof pg.DatabaseError) return 'unsaid'
    // A process that stood still has not read what came meanwhile.
    return performance.now() - asked > 2 * ANSWER ? 'unsaid' : 'away'
  } finally {
    breakOff(client)
  }
}

/** Ends a connection at once, without a goodbye that nobody would hear. */
export function breakOff({ connection }: pg.Client): void {
  connection.stream.destroy()
}
