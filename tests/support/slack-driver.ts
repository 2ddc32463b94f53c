import type { ChatDriver, OpenForm, Person, Post, Room } from './chat-driver.ts'
import type { Channel, FakeSlack, Message, Modal, User } from './fake-slack/index.ts'
import { pressed } from './small-company.ts'

/** People at Slack, for the contract suite. In a channel they use mentions, alone the bot's direct messages. */
export function createSlackDriver(slack: FakeSlack): ChatDriver {
  const users = new Map<string, User>()
  const rooms = new Map<string, Channel>()
  const posts = new Map<string, Message>()
  const forms = new Map<OpenForm, Modal>()

  const user = ({ name }: Person) => known(users, name)
  const channel = ({ name }: Room) => known(rooms, name)
  const asPosts = (messages: readonly Message[]): Post[] => messages.map(asPost)
  const asPost = (message: Message): Post => {
    const id = `${message.channel}/${message.ts}`
    posts.set(id, message)
    return { id, shown: message.shown }
  }

  const inPrivate = (person: Person) =>
    asPosts([...slack.ephemerals(user(person)), ...slack.dms(user(person))].sort(byTime))

  return {
    platform: 'slack',
    person(name) {
      users.set(name, slack.addUser(name))
      return { name, email: `${name.toLowerCase()}@ours.example` }
    },
    room(name) {
      rooms.set(name, slack.addChannel(name))
      return { name }
    },
    outsider(name) {
      const email = `${name.toLowerCase()}@theirs.example`
      users.set(name, slack.addUser(name, email, { teamId: 'T9THEIRS', isStranger: true }))
      return { name, email }
    },
    share(room) {
      channel(room).isExtShared = true
    },
    target: room => `slack:${channel(room).id}`,
    // Rounds listens to nothing that tells of a new channel
    async introduce(person, room) {
      if (room !== undefined) return
      const { id } = user(person)
      await slack.event({ type: 'app_home_opened', tab: 'messages', user: id, channel: `D${id.slice(1)}` })
    },
    inRoom: room => asPosts(slack.messages(channel(room))),
    inPrivate,
    isInThread: ({ id }) => known(posts, id).threadTs !== undefined,
    async ask(person, words) {
      await slack.dm(user(person), words)
    },
    async mention(person, room, words) {
      await slack.mention(user(person), channel(room), words)
    },
    async press(person, { id }, button) {
      return (await pressed(slack, user(person), known(posts, id), button)).shown
    },
    async open(person, { id }, button) {
      await slack.press(user(person), known(posts, id), button)
      const modal = await slack.until(() => slack.modal(user(person)))
      forms.set(modal, modal)
      return modal
    },
    async submit(person, form, values) {
      await slack.submit(user(person), known(forms, form), values)
    },
    async saidOnSubmit(person, form, words) {
      await slack.until(() => [form, ...inPrivate(person)].some(({ shown }) => shown.includes(words)))
    },
    async repeat() {
      await slack.redeliver()
    },
    shut(room) {
      channel(room).takesPosts = false
    },
    reopen(room) {
      channel(room).takesPosts = true
    },
    askToWait: seconds => slack.fail('chat.postMessage', { status: 429, retryAfter: seconds }),
    loseAnswer: () => slack.fail('chat.postMessage', 'drop'),
    postsTried: () => slack.tried('chat.postMessage'),
    alive: () => slack.paged,
    refused: () => slack.refusals.map(({ answer }) => answer.error ?? ''),
  }
}

function byTime(one: Message, other: Message): number {
  return one.ts.localeCompare(other.ts)
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The driver does not know ${String(key)}`)
  return value
}
