import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { startServer } from '../../tests/support/postgres-server.ts'
import { copyPostgres, onServer } from '../../tests/support/test-database.ts'

export type Postgres = {
  /** A new database, migrated. */
  create(): Promise<string>
  /** Another database with the same content. Nobody may be connected to the first. */
  copy(url: string): Promise<string>
  /** Milliseconds that the processor has spent on the server. Linux tells. */
  cpu(): number
  stop(): Promise<void>
}

/** A server of this bench's own, which brings each commit to the disk as servers do. */
export async function startPostgres(): Promise<Postgres> {
  const folder = join(tmpdir(), `rounds-bench-postgres-${randomUUID()}`)
  const server = await startServer(folder, ['shared_buffers=512MB', 'max_wal_size=4GB'])
  const [postmaster = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  return {
    async create() {
      const name = `bench_${randomUUID().replaceAll('-', '')}`
      await onServer(server.url, `create database ${name}`)
      const url = new URL(name, server.url).href
      const connection = openDatabase(url)
      await migrate(connection)
      await connection.close()
      return url
    },
    copy: async url => (await copyPostgres(url, server.url)).url,
    cpu: () => cpuOf(postmaster),
    stop: server.stop,
  }
}

/** The same accounts, signals and scores on a server. */
export async function copyTo({ create }: Postgres, from: Connection): Promise<string> {
  const url = await create()
  const connection = openDatabase(url)
  await copyTables(from.db, connection.db, () => {})
  await refuseDifference(from.db, connection.db)
  await connection.close()
  await onServer(url, 'vacuum analyze')
  return url
}

const TICK = 10

/** Milliseconds that a process, its children that ended, and those that run have spent; a hundred ticks are a second. */
export function cpuOf(postmaster: string): number {
  const all = readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []))
  const living = all.filter(({ parent }) => parent === postmaster)
  return TICK * ((statOf(postmaster)?.all ?? 0) + living.reduce((sum, { own }) => sum + own, 0))
}

function statOf(process: string): { parent: string; own: number; all: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const [user = 0, system = 0, ...ofChildren] = fields.slice(11, 15).map(Number)
    return {
      parent: fields[1] ?? '',
      own: user + system,
      all: user + system + ofChildren.reduce((sum, ticks) => sum + ticks, 0),
    }
  } catch {
    return undefined
  }
}
