import { randomUUID } from 'node:crypto'
import { openDoor } from '../src/chat/door.ts'
import type { ChatAdapter } from '../src/chat/port.ts'
import { silentLog } from '../src/log.ts'
import { loadSettings } from '../src/model/settings.ts'
import { saveManagedDigest } from '../src/store/digests/managed-digests.ts'
import { settingsWithDigests } from '../src/work/digests/known-digests.ts'
import { listedAccounts } from './support/accounts.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const ASKED = 200
const DIGESTS = 25
const { connection, end } = await openPortfolio(SIZE, { isScored: true })
const settings = loadSettings(undefined)
const names = listedAccounts(SIZE.accounts).map(({ name }) => name ?? '')

const capabilities = { privateReplies: true, dialogs: true, typeahead: true, charts: false, messageSize: 8_000 }
const profile = async () => ({ email: 'dana@ours.example', name: 'Dana', status: 'member' as const })
const chat = { platform: 'bench', capabilities, profile, outsiders: async () => [] } as unknown as ChatAdapter
const door = openDoor({
  connection,
  clock: () => MORNING,
  log: silentLog,
  newId: randomUUID,
  readSettings: settingsWithDigests(connection.db, () => settings),
  platforms: [],
  chats: new Map([['bench', chat]]),
  wakeSender: () => {},
  plan: () => Promise.reject(new Error('nobody plans here')),
})

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
    await door.ask({
      actor: { platform: 'bench', userId: 'U1' },
      text: names[(n * 3_701) % names.length] ?? '',
      channel: 'D1',
      isPrivate: true,
      canOpenForm: false,
      deliveryId: randomUUID(),
    })
  }
}
