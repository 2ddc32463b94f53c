import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Message, User } from '../support/fake-slack/index.ts'
import { smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let boss: User

beforeEach(async () => {
  ;({ world, dana, boss } = await smallCompany())
  await world.start()
})

afterEach(() => world.close())

const FILE = 'Company;Mood;Last contact\nAcme;Green;31.10.2026\nNobody Ltd;Red;30.10.2026\n'

const nextTo = async (user: User, act: () => Promise<unknown>): Promise<Message> => {
  const before = world.slack.dms(user).length
  await act()
  return world.slack.until(() => world.slack.dms(user).at(before))
}
const send = (user: User, name: string, content: string | Buffer, url?: string) =>
  nextTo(user, () => world.slack.sendFile(user, name, content, url))
const show = async () => {
  await world.slack.dm(boss, 'sources')
  return world.slack.until(() => world.slack.dms(boss).at(-1))
}

describe('a file that an admin drops into the direct message', () => {
  it('is looked at: what it is, how it would load, what would be rejected', async () => {
    const { shown } = await send(boss, 'moods.csv', FILE)

    expect(shown).toContain('moods.csv looks like: A list of accounts.')
    expect(shown).toContain('CSV in UTF-8, separated by semicolons, 2 rows.')
    expect(shown).toContain('metric: csm_pulse, value: 5, observed_at: 2026-10-31')
    expect(shown).toContain(
      '1 × no account is called "Nobody Ltd"; import accounts first, or fix the spelling (line 3)',
    )
  })

  it('is imported by a press, and once more without a change', async () => {
    const proposal = await send(boss, 'moods.csv', FILE)

    const first = await nextReply(() => world.slack.press(boss, proposal, 'Import'))
    const second = await nextReply(() => world.slack.press(boss, proposal, 'Import'))

    expect(first.shown).toContain('Imported moods.csv: 2 rows read, 1 added, 0 changed, ')
    expect(first.shown).toContain('Line 3: no account is called "Nobody Ltd"')
    expect(second.shown).toContain('0 added, 0 changed')
    expect((await show()).shown).toContain('csm_pulse')
  })

  it('offers nothing to press where the dates could be of two countries', async () => {
    const proposal = await send(boss, 'nps.csv', 'company,nps,date\nAcme,9,03/04/2026\n')

    expect(proposal.shown).toContain('nothing in it says whether "03/04/2026" has the day or the month first')
    await expect(async () => world.slack.press(boss, proposal, 'Import')).rejects.toThrow('There is no button')
  })

  it('is answered in a sentence where it is no table, or too large', async () => {
    const picture = await send(boss, 'data.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]))
    const large = await send(boss, 'large.csv', 'x'.repeat(6 * 1024 * 1024))

    expect(picture.shown).toContain('data.csv is a PNG picture.')
    expect(large.shown).toContain('That file is larger than 5 MB.')
  })

  it('is not fetched from another host, so that the token stays at Slack', async () => {
    const { shown } = await send(boss, 'a.csv', FILE, 'https://files.slack.com.evil.test/a.csv')

    expect(shown).toContain('That file is not on Slack.')
  })

  it('is refused to people who are not admins, and that is noted', async () => {
    const { shown } = await send(dana, 'moods.csv', FILE)

    expect(shown).toContain('To import a file you need the role admin')
    expect(world.slack.tried('files.info')).toBe(0)
  })
})

/** A press is answered to the one who pressed alone, or in the direct message. */
async function nextReply(act: () => Promise<unknown>): Promise<Message> {
  const before = [world.slack.dms(boss).length, world.slack.ephemerals(boss).length] as const
  await act()
  return world.slack.until(() => world.slack.dms(boss).at(before[0]) ?? world.slack.ephemerals(boss).at(before[1]))
}
