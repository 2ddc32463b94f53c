import type pg from 'pg'

/** The library is loaded with the first query: most programs run on a file. */
export async function openPgPool(options: pg.PoolConfig, idle: Set<pg.PoolClient>): Promise<pg.Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ ...options, types: withNumbers(pg.types) })
  pool.on('release', (_, client) => void idle.add(client))
  pool.on('acquire', client => void idle.delete(client))
  pool.on('remove', client => void idle.delete(client))
  // A connection may break while nobody uses it: the next query opens another.
  pool.on('error', () => {})
  return pool
}

/** Instants, counts and sums are read as numbers: they are below 2^53. */
function withNumbers({ builtins, getTypeParser }: typeof pg.types): pg.CustomTypesConfig {
  const asNumbers: readonly number[] = [builtins.INT8, builtins.NUMERIC]
  return {
    getTypeParser: (type, format) =>
      asNumbers.includes(type) && format !== 'binary' ? Number : getTypeParser(type, format),
  }
}
