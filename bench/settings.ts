import { saveManagedDigest } from '../src/store/digests/managed-digests.ts'
import { listedAccounts } from './support/accounts.ts'
import { openBenchDoor } from './support/door.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const ASKED = 200
const DIGESTS = 25
const { connection, end } = await openPortfolio(SIZE, { isScored: true })
const names = listedAccounts(SIZE.accounts).map(({ name }) => name ?? '')
const ask = openBenchDoor(connection, 'dana@ours.example')

const without = await alternate({ asking })
for (let n = 0; n < DIGESTS; n += 1) {
  const digest = { name: `digest-${n}`, schedule: '0 9 * * 1-5', time_zone: 'UTC', to: `slack:C${n}` }
  const definition = JSON.stringify({ ...digest, say_nothing: 'line', show: { arr: false }, kind: 'changes' })
  await saveManagedDigest(connection.db, { name: digest.name, definition, isPaused: false }, 'bench', MORNING)
}
const withDigests = await alternate({ asking })
report({
  bench: 'settings',
  what: '`/health NAME` through the door with 25 digests that were made in chat, against none.',
  ratio: withDigests.asking.cpu / without.asking.cpu,
  goal: atMost(1.1),
  details: { with_us: (withDigests.asking.cpu / ASKED) * 1_000, without_us: (without.asking.cpu / ASKED) * 1_000 },
})
await end()

async function asking(): Promise<void> {
  for (let n = 0; n < ASKED; n += 1) {
    await ask(names[(n * 3_701) % names.length] ?? '')
  }
}
