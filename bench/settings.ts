import { randomUUID } from 'node:crypto'
import { openDoor } from '../src/chat/door.ts'
import type { ChatAdapter } from '../src/chat/port.ts'
import { silentLog } from '../src/log.ts'
import { loadSettings } from '../src/model/settings.ts'
import { saveManagedDigest } from '../src/store/digests/managed-digests.ts'
import { settingsWithDigests } from '../src/work/digests/known-digests.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { best, report } from './measure.ts'
import { createPortfolio, MORNING } from './portfolio.ts'

/** `/health NAME` through the door with 25 digests that were made in chat, against none. */
const ASKED = 200
const DIGESTS = 25
const { connection, end } = await createPortfolio(1_000)
const settings = loadSettings(undefined)
await scoreAccounts(connection, {
  model: settings.model,
  at: MORNING,
  newId: randomUUID,
  accounts: 'all',
  purpose: 'slot',
})

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

const asking = () =>
  best(5, async () => {
    for (let n = 0; n < ASKED; n += 1) {
      await door.ask({
        actor: { platform: 'bench', userId: 'U1' },
        text: `account number ${(n * 37) % 1_000}`,
        channel: 'D1',
        isPrivate: true,
        canOpenForm: false,
        deliveryId: randomUUID(),
      })
    }
  })

await asking()
const without = await asking()
for (let n = 0; n < DIGESTS; n += 1) {
  const digest = { name: `digest-${n}`, schedule: '0 9 * * 1-5', time_zone: 'UTC', to: `slack:C${n}` }
  const definition = JSON.stringify({ ...digest, say_nothing: 'line', show: { arr: false }, kind: 'changes' })
  await saveManagedDigest(connection.db, { name: digest.name, definition, isPaused: false }, 'bench', MORNING)
}
const withDigests = await asking()
report('settings', withDigests / without, `/health NAME with ${DIGESTS} digests made in chat, against none`)
await end()
