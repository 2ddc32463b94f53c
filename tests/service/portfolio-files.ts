import { join } from 'node:path'
import { importVerb } from '../../src/cli/sources/import.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { runVerb } from '../support/csv-import.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createPlace, type Place } from './rounds-process.ts'

const ACCOUNTS = `id,name,segment,owner,arr,renewal_on
acme,Acme,enterprise,dana@ours.example,240000,2026-12-02
globex,Globex,mid,,,
silent,Silent,,,,
`

/** By the clock on the wall: within every window of the model, and before the month that a change looks back. */
export const lately = () => dayOf(Date.now() - 45 * DAY)

/** Two accounts that are known, one that is not, and the small model: `acme` stands at 73, `globex` at 100 `since` a day. */
export async function placeWithPortfolio(since = '2026-10-01'): Promise<Place> {
  const place = createPlace({
    'model.yaml': SMALL_MODEL,
    'accounts.csv': ACCOUNTS,
    'people.csv': 'email,name,role\ndana@ours.example,Dana,csm\n',
    'signals.csv': signalsCsv([...signalsOf('acme', 22, since), ...signalsOf('globex', 40, since)]),
  })
  await importHere(place, 'people', 'people.csv')
  await importHere(place, 'accounts', 'accounts.csv')
  await importHere(place, 'signals', 'signals.csv', '--history')
  return place
}

/** As the verb does it, without a process of its own. */
async function importHere(place: Place, what: string, file: string, ...options: string[]): Promise<void> {
  const connection = place.open()
  await migrate(connection)
  const { exit, stderr } = await runVerb(importVerb, connection, 0, [
    ...['import', what, join(place.folder, file)],
    ...options,
  ])
  if (exit !== 0) throw new Error(stderr)
  await connection.close()
}

/** `acme active_users 14 2026-11-01`, one a line, as a file for `import signals`. */
function signalsCsv(lines: readonly string[]): string {
  return ['account_id,metric,value,observed_at', ...lines.map(line => line.replaceAll(' ', ','))].join('\n')
}

export async function importSignals(place: Place, ...lines: string[]): Promise<void> {
  place.write('more.csv', signalsCsv(lines))
  await importHere(place, 'signals', 'more.csv', '--history')
}
