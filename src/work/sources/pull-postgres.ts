import type { Environment } from '../../config.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { type Pulled, pullQuery } from '../../ingest/pull/pull-query.ts'
import { openWarehouse } from '../../ingest/pull/warehouse.ts'
import type { Sources } from '../../model/sources.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { endPull, pullState } from '../../store/sources/pulls.ts'

type World = { readonly connection: Connection; readonly environment: Environment; readonly clock: () => Instant }

/** A pull that failed is tried again then, or sooner where it runs more often. */
const AGAIN = 600_000

const SOURCE = 'postgres'

/** Fetches every metric of a warehouse that is due, or all of them; one that fails holds up no other. */
export async function pullPostgres(
  { connection, environment, clock }: World,
  warehouses: Sources['postgres'],
  which: 'due' | 'all',
): Promise<{ readonly pulled: readonly Pulled[]; readonly faults: readonly string[] }> {
  const pulled: Pulled[] = []
  const faults: string[] = []
  for (const { url_env, every, signals } of warehouses) {
    const due: typeof signals = []
    for (const signal of signals) {
      const { nextAt } = await pullState(connection.db, { source: SOURCE, name: signal.metric })
      if (which === 'all' || nextAt <= clock()) due.push(signal)
    }
    if (due.length === 0) continue
    for (const signal of due) {
      const key = { source: SOURCE, name: signal.metric }
      const started = clock()
      try {
        pulled.push(await pullOne(connection, environment[url_env], url_env, signal, started))
        await endPull(connection.db, key, started + every)
      } catch (error) {
        if (!(error instanceof BotError)) throw error
        faults.push(`${signal.metric}: ${error.message}`)
        await endPull(connection.db, key, started + Math.min(every, AGAIN), error.message)
      }
    }
  }
  return { pulled, faults }
}

async function pullOne(
  connection: Connection,
  url: string | undefined,
  name: string,
  signal: Sources['postgres'][number]['signals'][number],
  now: Instant,
): Promise<Pulled> {
  if (!url) throw new BotError('no_warehouse', `${name} is not set.`, 'Set it to the address of the warehouse.')
  const warehouse = await openWarehouse(url, SOURCE)
  try {
    return await pullQuery(connection, warehouse, signal, now)
  } finally {
    await warehouse.close().catch(() => {})
  }
}
