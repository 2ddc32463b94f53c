import type { Compilable, CompiledQuery } from 'kysely'
import { pipelinedConnection } from './engine/pipelined.ts'
import { noteRepeated } from './engine/repeated-statements.ts'
import type { Db } from './tables.ts'

type Value = string | number | null

/**
 * A query that runs in every lookup: built and compiled on first use with a database, which costs as much as running
 * it; later uses only bind their values. `build` must pass its values on without looking at them.
 */
export function compiledOnce<Values extends readonly Value[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<readonly Row[]> {
  const known = new WeakMap<object, Map<number, Compiled<Row>>>()
  return async (db, ...values) => {
    // One for each open database; its transactions share it.
    const { adapter } = db.getExecutor()
    const byLength = known.get(adapter) ?? new Map<number, Compiled<Row>>()
    known.set(adapter, byLength)
    const compiled = byLength.get(values.length) ?? compile(db, build, values.length)
    byLength.set(values.length, compiled)
    const { query, places } = compiled
    const parameters = query.parameters.map((fixed, at) => {
      const place = places[at]
      return place === undefined ? fixed : values[place]
    })
    const asked = { ...query, parameters }
    const connection = pipelinedConnection(db)
    const { rows } = await (connection ? connection.executeQuery<Row>(asked) : db.executeQuery<Row>(asked))
    return rows
  }
}

/** For each parameter of the query, which of the values it takes; undefined where it is always the same. */
type Compiled<Row> = { readonly query: CompiledQuery<Row>; readonly places: readonly (number | undefined)[] }

function compile<Values extends readonly Value[], Row>(
  db: Db,
  build: (db: Db, ...values: Values) => Compilable<Row>,
  length: number,
): Compiled<Row> {
  // Objects in place of the values, to be found again among the parameters.
  const marks: unknown[] = Array.from({ length }, () => ({}))
  const query = build(db, ...(marks as unknown as Values)).compile()
  noteRepeated(query.sql)
  const places = query.parameters.map(parameter => {
    const place = marks.indexOf(parameter)
    return place === -1 ? undefined : place
  })
  return { query, places }
}
