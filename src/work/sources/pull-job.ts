import type { Environment } from '../../config.ts'
import type { Context } from '../../context.ts'
import { runAlone } from '../schedule/run-alone.ts'
import { pullPostgres } from './pull-postgres.ts'

const PULL = 'pull'

/** Fetches what is due from the warehouses that the settings name. */
export async function pullDue(context: Context, environment: Environment, holder: string): Promise<void> {
  const { connection, settings, clock, log } = context
  const { postgres } = settings.sources
  if (postgres.length === 0) return
  const pull = () => pullPostgres({ connection, environment, clock }, postgres, 'due')
  const done = await runAlone(connection.db, { kind: 'job', name: PULL, holder }, 0, pull)
  for (const { metric, read, rejected } of done?.result.pulled ?? [])
    log.info({ metric, read, rejected }, 'a metric was pulled')
  for (const fault of done?.result.faults ?? []) log.warn({ reason: fault }, 'a pull failed')
}
