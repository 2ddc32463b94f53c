import { createHash } from 'node:crypto'
import type { Connection } from '../engine/sqlite/database.ts'

/** What people and files bring in, and never the demo once it is made; of signals the ends, since they are many. */
const BROUGHT_IN = [
  'select id, name from accounts order by id',
  'select a.id, t.attribute, t.known_from, t.value from account_attributes t join accounts a on a.key = t.account order by 1, 2, 3',
  'select email, name, role, manager, time_zone from people order by email',
  'select count(*) from signal_versions',
  'select count(*), max(received_at), sum(value) from signals',
  'select id from comments order by id',
  'select id from pulses order by id',
  'select * from managed_digests order by 1',
  'select * from preferences order by 1, 2',
  'select * from ingest_tokens order by 1',
  'select * from retirements order by 1, 2',
  'select alert, person, verdict from alert_verdicts order by 1, 2',
  'select * from quiet_rules order by 1',
  'select id from alerts where claimed_by is not null or resolved_by is not null or wakes_on is not null order by id',
  "select id, state, note from tasks where state != 'open' or run is null order by id",
]

const NAME = 'demo'

/** Notes what the file holds now that the demo is made. */
export function markDemo({ sqlite }: Connection): void {
  sqlite
    .prepare('insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value')
    .run(NAME, contentOf({ sqlite }))
}

/** Whether a file holds the demo as it was made, or nothing: then nothing is lost with it. */
export function holdsOnlyDemo({ sqlite }: Pick<Connection, 'sqlite'>): boolean {
  const mark = sqlite.prepare('select value from meta where name = ?').pluck().get(NAME)
  if (mark !== undefined) return mark === contentOf({ sqlite })
  return ['accounts', 'people', 'ingest_tokens', 'managed_digests', 'preferences'].every(
    table => sqlite.prepare(`select count(*) from ${table}`).pluck().get() === 0,
  )
}

function contentOf({ sqlite }: Pick<Connection, 'sqlite'>): string {
  const hash = createHash('sha256')
  for (const query of BROUGHT_IN) hash.update(JSON.stringify(sqlite.prepare(query).raw().all()))
  return hash.digest('hex')
}
