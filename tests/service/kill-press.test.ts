import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { type Channel, type FakeSlack, type Message, startFakeSlack, type User } from '../support/fake-slack/index.ts'
import { createPlace, type Place } from './rounds-process.ts'

/** A real process that is killed between the acknowledgement of a press and what the press should do. */
let place: Place
let slack: FakeSlack
let room: Channel
let dana: User
let connection: Connection

beforeEach(async () => {
  slack = await startFakeSlack()
  room = slack.addChannel('cs')
  dana = slack.addUser('Dana')
  place = createPlace({ 'routes.yaml': `routes: [{to: ["slack:${room.id}"]}]` })
  Object.assign(place.env, slack.env('http'))
  connection = place.open()
  await migrate(connection)
  const now = Date.now() - 60_000
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], now)
  await savePeople(connection.db, [{ email: dana.email, fields: new Map([['role', 'csm']]) }])
  await openAlerts(connection.db, [{ id: 'alert-1', account: 1, kind: 'at_risk', at: now, reason: 'Logins fell' }])
})

afterEach(async () => {
  await connection.close()
  await place.close()
  await slack.stop()
})

const alert = () => connection.db.selectFrom('alerts').select(['state', 'claimed_by']).executeTakeFirstOrThrow()
const grades = () => connection.db.selectFrom('preferences').select('person').execute()
const claims = () => connection.db.selectFrom('audit').select('act').where('act', '=', 'alert.claim').execute()

async function serve() {
  const service = await place.serve()
  slack.botAt(service.url)
  return service
}

async function postedAlert(): Promise<Message> {
  return vi.waitFor(
    () => {
      const [message] = slack.messages(room)
      if (message === undefined) throw new Error('nothing is posted yet')
      return message
    },
    { timeout: 20_000, interval: 50 },
  )
}

it('does what was acknowledged after a restart, once, and answers in a direct message', async () => {
  const service = await serve()
  const posted = await postedAlert()
  slack.fail('users.info', 'hang', 100)
  const receipt = await slack.press(dana, posted, 'Claim')
  await service.kill()
  expect(receipt.status).toBe(200)
  expect(await alert()).toEqual({ state: 'open', claimed_by: null })
  slack.mend()

  await serve()
  await vi.waitFor(() => expect(slack.dms(dana)).toHaveLength(1), { timeout: 20_000, interval: 50 })

  expect(slack.dms(dana)[0]?.shown).toContain('Acme is yours')
  expect(await alert()).toEqual({ state: 'claimed', claimed_by: dana.email })
  expect(await claims()).toHaveLength(1)
  await slack.redeliver()
  expect(await claims()).toHaveLength(1)
}, 60_000)

it('does after a restart what somebody asked for in a direct message that was acknowledged', async () => {
  const service = await serve()
  await postedAlert()
  slack.fail('users.info', 'hang', 100)
  await slack.dm(dana, 'preferences score grade')
  await service.kill()
  expect(await grades()).toEqual([])
  slack.mend()

  await serve()
  await vi.waitFor(() => expect(slack.dms(dana)).toHaveLength(1), { timeout: 20_000, interval: 50 })

  expect(await grades()).toEqual([{ person: dana.email }])
  expect(slack.dms(dana)[0]?.shown).toContain('so this is late')
}, 60_000)
