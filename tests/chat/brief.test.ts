import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { addComment } from '../../src/store/comments/comments.ts'
import { addTask } from '../../src/store/playbooks/tasks.ts'
import { addPulse } from '../../src/store/pulses/pulses.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { answered, smallCompany } from '../support/small-company.ts'
import { signalsOf } from '../support/small-model.ts'
import { at, type World } from '../support/world.ts'

const HOSTILE = '<img src=x onerror=alert(1)> [a](https://evil.example) <!channel> | **b** ![](@U0BOSS) שלום'

let world: World
let dana: User
let victor: User
let room: Channel

beforeEach(async () => {
  const acme = {
    id: 'acme',
    name: 'Acme',
    owner: 'dana@ours.example',
    arr: '48000',
    plan: 'pro',
    renewal_on: '2026-12-12',
  }
  const hostile = { id: 'bad', name: HOSTILE.padEnd(255, 'x'), owner: 'dana@ours.example', sponsor: HOSTILE }
  ;({ world, dana, victor, room } = await smallCompany({
    accounts: [acme, hostile],
    signals: [
      ...signalsOf('acme', 20, '2026-11-01'),
      ...signalsOf('acme', 36, '2026-08-01'),
      ...signalsOf('bad', 8, '2026-11-01'),
    ],
  }))
  await world.start()
})

afterEach(() => world.close())

const ask = (user: User, words: string) =>
  answered(world.slack, user, () => world.slack.command(user, `/health ${words}`, room))
const pageOf = (user: User) => world.slack.sentFiles(user).at(-1)?.text ?? ''

describe('/health brief', () => {
  it('sends one page and a canvas to the one who asks, and shows nothing of it to the channel', async () => {
    const answer = await ask(dana, 'brief acme')

    expect(answer.shown).toContain('Business review: Acme')
    expect(world.slack.sentFiles(dana).map(({ name }) => name)).toEqual(['brief-acme-2026-11-02.html'])
    const [canvas] = world.slack.canvases()
    expect(canvas).toMatchObject({ title: 'Business review: Acme', readers: [dana.id] })
    expect(JSON.stringify(answer.blocks)).toContain(`https://fake.slack.com/docs/T0TEAM/${canvas?.id}`)
    expect(world.slack.messages(room)).toEqual([])
    expect(world.slack.dms(victor)).toEqual([])
  })

  it('says what the score did, who has promised what, and which signals each figure rests on', async () => {
    const { db } = world.connection
    await openAlerts(db, [{ id: 'a1', account: 1, kind: 'at_risk', at: at('2026-10-05'), reason: 'Active users fell' }])
    const task = { id: 't1', account: 1, title: 'Call their sponsor', role: 'csm', assignee: 'dana@ours.example' }
    await addTask(db, { ...task, at: at('2026-10-06'), dueAt: at('2026-10-09') })

    await ask(dana, 'brief acme')

    const page = pageOf(dana)
    expect(page).toContain('Score 70; on 2026-08-04 94 (-24).')
    expect(page).toContain('active_users / seats: 1 signal in 60 days, newest 20 on 2026-11-01 from test')
    expect(page).toContain('Alert: At risk. Active users fell')
    expect(page).toMatch(/Call their sponsor.*Dana.*2026-10-06.*2026-10-09.*Overdue/s)
    expect(page).toMatch(/ARR<\/th>.*\$48K.*Account data, since 2026-11-02/s)
    expect(page).toContain('2026-12-12, in 40 days')
    expect(page).toContain('Who stopped?')
  })

  it('goes back to a day gone by, without what came later', async () => {
    const { db } = world.connection
    await openAlerts(db, [{ id: 'a1', account: 1, kind: 'at_risk', at: at('2026-10-05'), reason: 'Active users fell' }])

    await ask(dana, 'brief acme escalation --as-of 2026-08-15')

    expect(pageOf(dana)).toContain('Escalation: Acme')
    expect(pageOf(dana)).toContain('Score 94')
    expect(pageOf(dana)).not.toContain('Active users fell')
  })

  it('keeps notes and comments from those whom they are not for', async () => {
    const { db } = world.connection
    const heard = { observedAt: at('2026-10-20'), receivedAt: at('2026-10-20'), source: 'mail', author: 'Their CFO' }
    await addComment(db, { id: 'c1', account: 1, text: 'We look elsewhere', ...heard })
    await addPulse(db, {
      id: 'p1',
      account: 1,
      at: at('2026-10-21'),
      rating: 2,
      note: 'Secretly worried',
      reasons: [],
      by: 'dana@ours.example',
    })

    await ask(dana, 'brief acme')
    await ask(victor, 'brief acme')

    expect(pageOf(dana)).toContain('We look elsewhere')
    expect(pageOf(dana)).toContain('Secretly worried')
    expect(pageOf(dana)).toContain('Their CFO')
    for (const text of [pageOf(victor), world.slack.canvases().at(-1)?.markdown]) {
      expect(text).toContain('Pulse 2 of 5')
      expect(text).not.toMatch(/elsewhere|Secretly|Their CFO/)
    }
  })

  it('sends the page alone, with a sentence, where the workspace has no canvases', async () => {
    world.slack.fail('canvases.create', { error: 'free_teams_cannot_create_non_tabbed_canvases' })

    const answer = await ask(dana, 'brief acme')

    expect(answer.shown).toContain('as a page in your direct messages')
    expect(answer.shown).toContain('Your workspace does not let me write a canvas.')
    expect(world.slack.sentFiles(dana)).toHaveLength(1)
  })

  it('leaves no canvas behind that nobody may open', async () => {
    world.slack.fail('canvases.access.set', { error: 'user_not_found' })

    await ask(dana, 'brief acme')

    expect(world.slack.canvases()).toEqual([])
  })

  it('shows the brief itself where neither a file nor a canvas can be sent', async () => {
    world.slack.fail('canvases.create', { error: 'missing_scope' })
    world.slack.fail('files.getUploadURLExternal', { error: 'missing_scope' })

    expect((await ask(dana, 'brief acme')).shown).toContain('What was promised and done')
  })

  it('shows the characters of a name, and runs, links and pages nothing', async () => {
    await ask(dana, 'brief bad handover')

    const page = pageOf(dana)
    expect(page).not.toMatch(/<img|<!channel/)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    const { markdown = '' } = world.slack.canvases().at(-1) ?? {}
    expect(markdown).toContain('שלום')
    expect(markdown).not.toMatch(/(?<!\\)[[<|!]\w|@U0BOSS|https:\/\/evil/)
    expect(world.slack.paged).toEqual([])
  })

  it('is offered on the account card, and goes on to the other kinds', async () => {
    const card = await ask(dana, 'acme')
    const before = world.slack.ephemerals(dana).length
    await world.slack.press(dana, card, 'Prepare a brief')
    const sent = await world.slack.until(() => world.slack.ephemerals(dana).at(before))
    await world.slack.press(dana, sent, 'Handover')

    await world.slack.until(() => world.slack.sentFiles(dana)[1])
    expect(pageOf(dana)).toContain('Handover: Acme')
  })
})
