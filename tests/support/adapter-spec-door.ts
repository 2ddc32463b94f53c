import { afterEach, beforeEach, expect, it } from 'vitest'
import { readDestination } from '../../src/model/schema/destination.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import type { Person } from './chat-driver.ts'
import type { Stage } from './contract-world.ts'
import { named } from './named-message.ts'
import { until } from './until.ts'

/** Who is answered, and where nothing is announced. */
export function describeDoor(open: () => Promise<Stage>): void {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
    stage.world.passTo('2026-11-02T08:00')
    await stage.world.start()
  })
  afterEach(() => stage.world.close())

  const DATA = /Acme|240K|Healthy/

  /** Everything that anybody can read. */
  const everything = (...people: readonly Person[]) =>
    [...stage.driver.inRoom(stage.room), ...people.flatMap(person => stage.driver.inPrivate(person))]
      .map(({ shown }) => shown)
      .join('\n')

  it('tells somebody from outside one sentence, and nothing of ours', async () => {
    const { driver, room } = stage
    const buyer = driver.outsider('Buyer')

    for (const words of ['acme', 'list', 'alerts', '']) {
      const before = everything(buyer)
      await driver.mention(buyer, room, words)
      await until(() => everything(buyer) !== before)
    }

    expect(everything(buyer)).toMatch(/only answers people in its own company|does not answer guests/)
    expect(everything(buyer)).not.toMatch(DATA)
    const refusals = await stage.world.connection.db.selectFrom('audit').select('act').execute()
    expect(refusals).toEqual(Array(4).fill({ act: 'refused:ask' }))
  })

  it('answers somebody from outside whom the people file names', async () => {
    const { driver, room, world, nextInRoom } = stage
    const partner = driver.outsider('Partner')
    await world.has({ people: [{ ...partner, role: 'viewer' }] })

    // the room is then ours alone: everybody in it is named
    const { shown } = await nextInRoom(() => driver.mention(partner, room, 'acme'))

    expect(shown).toContain('Acme')
  })

  it('answers a colleague alone where people from outside read along', async () => {
    const { driver, dana, room, nextInPrivate } = stage
    driver.share(room)

    const { shown } = await nextInPrivate(dana, () => driver.mention(dana, room, 'acme'))

    expect(shown).toContain('Acme')
    expect(everything()).not.toMatch(/240K|Healthy/)
  })

  it('announces nothing where people from outside read along', async () => {
    const { driver, room, world } = stage
    driver.share(room)
    const place = readDestination(driver.target(room))
    await driver.mention(stage.dana, room, 'help')
    const card = noticeCard('Alert', 'Acme fell')

    await addMessage(world.connection.db, { ...named('one'), to: place, card, alerts: [], at: world.now })
    const stateOf = async () =>
      (
        await world.connection.db
          .selectFrom('outbox')
          .select('state')
          .where('subject_id', '=', 'one')
          .executeTakeFirst()
      )?.state
    for (let tries = 0; tries < 400 && (await stateOf()) !== 'parked'; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 10))
    }

    expect(await stateOf()).toBe('parked')
    expect(everything()).not.toContain('Acme fell')
  })
}
