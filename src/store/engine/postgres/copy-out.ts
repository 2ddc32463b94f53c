import { type Compilable, CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../tables.ts'

const SIGNATURE = 'PGCOPY\n\xff\r\n\0'
/** The signature, flags and the length of an extension, which come before the first row. */
const HEADER = SIGNATURE.length + 8
/** Bytes of the column count that each row begins with; after the last row it stands alone and is -1. */
const COUNT = 2

const COPY = 'copy ('
const OUT = ') to stdout (format binary)'

/**
 * Gives `take` each row of a query in the server's own binary format, so that nothing is turned into text there and back
 * into values here. No column may be null, and parameters must be numbers. A row is valid only until the next one.
 */
export async function copyOut(db: Db, query: Compilable<unknown>, take: Take): Promise<void> {
  const { sql, parameters } = query.compile()
  // COPY has no parameters.
  const whole = sql.replaceAll(/\$(\d+)/g, (_, place) => asLiteral(parameters[Number(place) - 1]))
  await db.executeQuery(CompiledQuery.raw(`${COPY}${whole}${OUT}`, [take]))
}

type Take = (row: CopiedRow) => void

function asLiteral(parameter: unknown): string {
  if (Array.isArray(parameter)) return `array[${parameter.map(asLiteral)}]`
  if (typeof parameter === 'number') return `${parameter}`
  throw new Error('COPY takes numbers only')
}

/** Whether the statement is one of `copyOut`, whose only parameter is `take`. */
export function isCopyOut(sql: string): boolean {
  return sql.startsWith(COPY) && sql.endsWith(OUT)
}

/** Runs a statement of `copyOut`. The library leaves the bytes to its caller; each row is a message of its own. */
export async function receiveCopied(
  client: pg.PoolClient,
  sql: string,
  [take]: readonly unknown[],
): Promise<pg.QueryResult> {
  const { default: pg } = await import('pg')
  const row = copiedRow()
  let failure: unknown
  return new Promise((resolve, reject) => {
    const query = new pg.Query(sql, (error, result) => {
      const problem = error ?? failure
      return problem ? reject(problem) : resolve(result)
    })
    client.query(
      Object.assign(query, {
        handleCopyData({ chunk }: { readonly chunk: Buffer }) {
          try {
            if (failure === undefined && row.open(chunk)) (take as Take)(row)
          } catch (error) {
            // Thrown here, in a callback of the socket, it would end the process.
            failure = error
          }
        },
      }),
    )
  })
}

/** Reads the columns of a row, each once and in order. */
export type CopiedRow = ReturnType<typeof copiedRow>

function copiedRow() {
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  /** Skips a column of any length; returns where it starts. */
  const pass = () => {
    const start = at + 4
    at = start + bytes.readInt32BE(at)
    return start
  }
  return {
    /** False after the last row. */
    open(message: Buffer): boolean {
      bytes = message
      at = COUNT + (message[0] === SIGNATURE.charCodeAt(0) ? HEADER : 0)
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
    /** A copy, since the library reuses its buffer. */
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
