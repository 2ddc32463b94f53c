import { type Compilable, CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../tables.ts'

const SIGNATURE = 'PGCOPY\n\xff\r\n\0'
/** The signature, no flags, and no more of a head; then it begins as no row does. */
const HEAD = SIGNATURE.length + 8
/** How many columns there are, at the beginning of each row; alone, and -1, after the last one. */
const COUNT = 2

const COPY = 'copy ('
const OUT = ') to stdout (format binary)'

/**
 * Takes what a query finds, each row as the server has it: nothing is made a text there and a value again here. None of
 * its columns are null, and what it asks for are numbers. A row stands until the next one.
 */
export async function copyOut(db: Db, query: Compilable<unknown>, take: Take): Promise<void> {
  const { sql, parameters } = query.compile()
  // COPY has no parameters.
  const whole = sql.replaceAll(/\$(\d+)/g, (_, place) => inWords(parameters[Number(place) - 1]))
  await db.executeQuery(CompiledQuery.raw(`${COPY}${whole}${OUT}`, [take]))
}

type Take = (row: CopiedRow) => void

function inWords(parameter: unknown): string {
  if (Array.isArray(parameter)) return `array[${parameter.map(inWords)}]`
  if (typeof parameter === 'number') return `${parameter}`
  throw new Error('a number is wanted')
}

/** A statement of which the parameter is no value but who takes what it finds. */
export function isCopyOut(sql: string): boolean {
  return sql.startsWith(COPY) && sql.endsWith(OUT)
}

/** Asks `copy ... to stdout`, of which the library leaves the bytes to its caller: each row is a message of its own. */
export async function receiveCopied(
  client: pg.PoolClient,
  sql: string,
  [take]: readonly unknown[],
): Promise<pg.QueryResult> {
  const { default: pg } = await import('pg')
  const row = copiedRow()
  return new Promise((resolve, reject) => {
    const query = new pg.Query(sql, (error, result) => (error ? reject(error) : resolve(result)))
    client.query(
      Object.assign(query, {
        handleCopyData({ chunk }: { readonly chunk: Buffer }) {
          if (row.open(chunk)) (take as Take)(row)
        },
      }),
    )
  })
}

/** The columns of a row, each read once, in their order. */
export type CopiedRow = ReturnType<typeof copiedRow>

function copiedRow() {
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  /** Goes on behind a column of whatever length; gives where it begins. */
  const pass = () => {
    const start = at + 4
    at = start + bytes.readInt32BE(at)
    return start
  }
  return {
    /** False where there is none. */
    open(message: Buffer): boolean {
      bytes = message
      at = COUNT + (message[0] === SIGNATURE.charCodeAt(0) ? HEAD : 0)
      return at < message.length
    },
    int4() {
      at += 8
      return bytes.readInt32BE(at - 4)
    },
    float8() {
      at += 12
      return bytes.readDoubleBE(at - 8)
    },
    /** To be kept: the library uses its own again. */
    bytes() {
      const start = pass()
      return Buffer.from(bytes.subarray(start, at))
    },
    text() {
      const start = pass()
      return start === at ? '' : bytes.toString('utf8', start, at)
    },
  }
}
