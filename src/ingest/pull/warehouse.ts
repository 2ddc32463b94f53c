import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'

/** A row of a query, as texts. */
export type WarehouseRow = {
  readonly account_id: string
  readonly value: string
  readonly observed_at: string
  readonly id: string
}

/** A database that is asked for what is new. */
export type Warehouse = {
  /** What it is called as a source. */
  readonly source: string
  /** The rows of a query, oldest first, some thousand at a time; `$1` in it is the cursor. Throws a `BotError`. */
  rows(query: string, cursor: Instant): AsyncIterable<readonly WarehouseRow[]>
  close(): Promise<void>
}

const BATCH = 5_000
const LONGEST = 30 * 60_000
const ADDRESS = 'Write postgres://USER:PASSWORD@HOST:5432/DATABASE; in the password, write %40 for @ and %2F for /.'

/** Opens a database that speaks PostgreSQL, to read only. */
export async function openWarehouse(url: string, source = 'postgres'): Promise<Warehouse> {
  // The library would name the whole address, with its password.
  if (!URL.canParse(url)) throw new BotError('no_warehouse', 'The address of the warehouse is not valid.', ADDRESS)
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: url,
    application_name: 'rounds',
    connectionTimeoutMillis: 15_000,
    statement_timeout: LONGEST,
    // Texts as the database writes them: a day must not become the midnight of this machine's time zone.
    types: { getTypeParser: () => (text: string) => text },
  })
  client.on('error', () => {})
  await client.connect().catch(error => {
    throw new BotError(
      'no_warehouse',
      `The warehouse cannot be reached: ${messageOf(error)}.`,
      'Check its address and password.',
    )
  })
  return { source, rows: (query, cursor) => rowsOf(client, query, cursor), close: () => client.end() }
}

type Client = { query(text: string, values?: unknown[]): Promise<{ rows: Record<string, string | null>[] }> }

async function* rowsOf(client: Client, query: string, cursor: Instant): AsyncGenerator<readonly WarehouseRow[]> {
  const ask = (text: string, values?: unknown[]) =>
    client.query(text, values).catch(error => {
      throw new BotError(
        'bad_query',
        `The warehouse refuses the query: ${messageOf(error)}.`,
        'Fix it in sources.yaml.',
      )
    })
  await ask('begin read only')
  try {
    await ask("set local time zone 'UTC'")
    await ask("set local datestyle to 'ISO'")
    // Oldest first, so that the cursor never passes a row that has not been saved.
    const ordered = `select * from (${query.replace(/;\s*$/, '')}) as pulled order by observed_at, account_id, value`
    const usesCursor = /\$1\b/.test(query)
    await ask(`declare pulled no scroll cursor for ${ordered}`, usesCursor ? [new Date(cursor).toISOString()] : [])
    for (;;) {
      const { rows } = await ask(`fetch ${BATCH} from pulled`)
      if (rows.length === 0) return
      yield rows.map(row => ({
        account_id: row.account_id ?? '',
        value: row.value ?? '',
        observed_at: row.observed_at ?? '',
        id: row.id ?? '',
      }))
    }
  } finally {
    await client.query('rollback').catch(() => {})
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
