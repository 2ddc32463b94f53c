import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAudit } from '../../src/store/audit/audit.ts'
import type { Channel, Message, User } from '../support/fake-slack/index.ts'
import { smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let victor: User
let room: Channel
let said: Message

beforeEach(async () => {
  const accounts = [
    { id: 'acme', name: 'Acme Corp' },
    { id: 'acorn', name: 'Acorn' },
    { id: 'globex', name: 'Globex' },
  ]
  ;({ world, dana, victor, room } = await smallCompany({ accounts }))
  await world.start()
  said = await world.slack.write(victor, room, 'They are <very> unhappy & will leave, the support is terrible')
})

afterEach(() => world.close())

const comments = () => world.connection.db.selectFrom('comments').selectAll().execute()

const openForm = async (user = dana) => {
  await world.slack.shortcut(user, said, 'add_to_timeline')
  return world.slack.until(() => {
    const modal = world.slack.modal(user)
    return modal?.view.callback_id === 'comment' && modal
  })
}

const add = async (account = 'acme') => {
  const form = await openForm()
  await world.slack.type(dana, form, 'account', 'ac')
  await world.slack.submit(dana, form, { account })
  return form
}

const timelineAsked = async (ask: () => Promise<unknown>, where: () => readonly Message[]) => {
  const before = where().length
  await ask()
  return (await world.slack.until(() => where()[before])).shown
}
const inPrivate = () =>
  timelineAsked(
    () => world.slack.command(dana, '/health timeline acme', room),
    () => world.slack.ephemerals(dana),
  )
const inChannel = () =>
  timelineAsked(
    () => world.slack.mention(dana, room, 'timeline acme'),
    () => world.slack.messages(room),
  )

it('makes a comment of a message, with its writer, its tone and a link back', async () => {
  const form = await add()

  expect(form.shown).toContain('Added to the timeline of Acme Corp. It sounds negative to me.')
  expect(await comments()).toMatchObject([
    {
      text: 'They are <very> unhappy & will leave, the support is terrible',
      author: 'victor@ours.example',
      source: 'slack',
      link: `https://fake.slack.com/archives/${room.id}/p${said.ts.replace('.', '')}`,
    },
  ])
})

it('makes a signal of the tone, so that the account is due, and an audit line without the words', async () => {
  await add()

  const all = world.connection.db.selectFrom('signals').innerJoin('metrics', 'metrics.key', 'signals.metric')
  const signals = await all.select(['value', 'signals.id']).where('name', '=', 'comment_sentiment').execute()
  const [comment] = await comments()
  expect(signals).toEqual([{ value: comment?.sentiment, id: comment?.id }])
  const [line] = await readAudit(world.connection.db, {})
  expect(line).toMatchObject({ who: 'dana@ours.example', act: 'comment.add', account: 'acme' })
  expect(JSON.stringify(line)).not.toContain('unhappy')
})

it('offers the accounts that the letters may mean, and only those can be chosen', async () => {
  const form = await openForm()

  const offered = await world.slack.type(dana, form, 'account', 'ac')

  expect(offered).toEqual({ acme: 'Acme Corp (acme)', acorn: 'Acorn (acorn)' })
  expect(await world.slack.type(dana, form, 'account', 'zzz')).toEqual({})
})

it('keeps a message once with an account, and as often as it is about others', async () => {
  await add()
  const again = await add()
  await add('acorn')

  expect(again.shown).toContain('is already in the timeline of Acme Corp')
  expect(await comments()).toHaveLength(2)
})

it('opens one form for a choice that Slack delivers twice', async () => {
  await openForm()
  const opened = () => world.slack.calls.filter(({ method }) => method === 'views.open').length

  await world.slack.redeliver()
  await world.slack.command(dana, '/health help', room)
  await world.slack.until(() => world.slack.ephemerals(dana).at(-1))

  expect(opened()).toBe(1)
})

it('tells a viewer which role may add, and remembers the refusal', async () => {
  await world.slack.shortcut(victor, said, 'add_to_timeline')

  const { shown } = await world.slack.until(() => world.slack.ephemerals(victor).at(0))
  expect(shown).toContain('To add to a timeline you need the role csm; you are a viewer.')
  expect(await readAudit(world.connection.db, {})).toMatchObject([
    { who: 'victor@ours.example', act: 'refused:comment.add' },
  ])
})

it('tells what happened, newest first, with what was written for the one who asks alone', async () => {
  await add()
  world.passTo('2026-11-03T08:00')
  await world.slack.command(dana, '/health pulse acme', room)
  const pulse = await world.slack.until(
    () => world.slack.modal(dana)?.view.callback_id === 'pulse' && world.slack.modal(dana),
  )
  await world.slack.submit(dana, pulse, { rating: '2', note: 'The sponsor is gone.' })

  const shown = await inPrivate()

  expect(shown).toMatch(/Pulse 2 of 5: The sponsor is gone., Dana[\s\S]*Comment: They are <very> unhappy & will leave/)
  expect(shown).toContain('2026-11-03')
})

it('says in a channel only that there is a comment', async () => {
  await add()

  const shown = await inChannel()

  expect(shown).toContain('Comment (ask me in private)')
  expect(shown).not.toContain('unhappy')
})

it('says so when nothing happened yet', async () => {
  expect(await inPrivate()).toContain('Nothing has happened that I know of.')
})
