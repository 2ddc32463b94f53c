import type { FakeSlack, Message, Channel as Room, User } from './fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from './small-model.ts'
import { createWorld, type World } from './world.ts'

/**
 * A company on Slack with one room: Dana is a CSM, Boss an admin by the routes, and Victor is in no file. Its account
 * Acme scores 70, unless `data` says otherwise. Not started yet.
 */
export async function smallCompany(data: Parameters<World['has']>[0] = {}, now = '2026-11-02T08:00') {
  const routes = 'admins: [boss@ours.example]'
  const world = await createWorld({ now, files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': routes } })
  const user = (name: string) => world.slack.addUser(name, `${name.toLowerCase()}@ours.example`)
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [{ id: 'acme', name: 'Acme' }],
    signals: signalsOf('acme', 20, '2026-11-01'),
    ...data,
  })
  return { world, dana: user('Dana'), boss: user('Boss'), victor: user('Victor'), room: world.slack.addChannel('cs') }
}

/** What somebody alone reads in answer to what they do. */
export async function answered(slack: FakeSlack, user: User, act: () => Promise<unknown>): Promise<Message> {
  const before = slack.ephemerals(user).length
  await act()
  return slack.until(() => slack.ephemerals(user).at(before))
}

/** Presses, and gives what the one who pressed reads then: an answer of their own, or the message as it is now. */
export async function pressed(
  slack: FakeSlack,
  user: User,
  message: Message,
  button: Parameters<FakeSlack['press']>[2],
): Promise<Message> {
  const before = { said: slack.ephemerals(user).length, edits: message.edits }
  await slack.press(user, message, button)
  return slack.until(
    () => slack.ephemerals(user).at(before.said) ?? (message.edits > before.edits ? message : undefined),
  )
}

/** Asks with a slash command, and gives what the one who asked reads alone. */
export async function askAlone(slack: FakeSlack, user: User, words: string, room: Room): Promise<string> {
  return (await answered(slack, user, () => slack.command(user, words, room))).shown
}
