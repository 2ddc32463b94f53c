import type { ChatDriver, OpenForm, Person, Post, Room } from './chat-driver.ts'
import type { Channel, Dialog, FakeTeams, Message, User } from './fake-teams/index.ts'

/** People in Teams, for the contract suite. In a channel they use mentions, alone their chat with the bot. */
export function createTeamsDriver(teams: FakeTeams): ChatDriver {
  const users = new Map<string, User>()
  const rooms = new Map<string, Channel>()
  const posts = new Map<string, Message>()
  const forms = new Map<OpenForm, Dialog>()

  const user = ({ name }: Person) => known(users, name)
  const channel = ({ name }: Room) => known(rooms, name)
  const asPosts = (messages: readonly Message[]): Post[] => messages.map(asPost)
  const asPost = (message: Message): Post => {
    const id = `${message.conversation}/${message.id}`
    posts.set(id, message)
    return { id, shown: message.shown }
  }

  return {
    platform: 'teams',
    person(name) {
      users.set(name, teams.addUser(name))
      return { name, email: `${name.toLowerCase()}@ours.example` }
    },
    room(name) {
      rooms.set(name, teams.addChannel(name))
      return { name }
    },
    outsider(name) {
      const email = `${name.toLowerCase()}@theirs.example`
      users.set(name, teams.addUser(name, { isGuest: true, email }))
      return { name, email }
    },
    share(room) {
      channel(room).outsiders.add(teams.addUser('Gast', { isGuest: true, email: undefined }).id)
    },
    target: room => `teams:${channel(room).id}`,
    async introduce(person, room) {
      const posts = () => (room === undefined ? teams.dms(user(person)) : teams.messages(channel(room)))
      const before = posts().length
      await teams.install(user(person), room && channel(room))
      await teams.until(() => posts().length > before)
    },
    inRoom: room => asPosts(teams.messages(channel(room))),
    inPrivate: person => asPosts(teams.dms(user(person))),
    isInThread: ({ id }) => known(posts, id).root !== undefined,
    async ask(person, words) {
      await teams.say(user(person), words)
    },
    async mention(person, room, words) {
      await teams.mention(user(person), channel(room), words)
    },
    async press(person, { id }, button) {
      return (await teams.press(user(person), known(posts, id), button)).says
    },
    async open(person, { id }, button) {
      const effect = await teams.press(user(person), known(posts, id), button)
      if (effect.kind !== 'dialog') throw new Error(`No dialog opened, but ${JSON.stringify(effect)}`)
      const form = formOf(effect.dialog)
      forms.set(form, effect.dialog)
      return form
    },
    async submit(person, form, values) {
      const dialog = known(forms, form)
      const [submit] = submitsOf(dialog)
      await teams.press(user(person), dialog, submit ?? 'Submit', values)
    },
    async saidOnSubmit(_, form, words) {
      await teams.until(() => form.shown.includes(words))
    },
    async repeat() {
      await teams.redeliver()
    },
    shut(room) {
      channel(room).takesPosts = false
    },
    reopen(room) {
      channel(room).takesPosts = true
    },
    askToWait: seconds => teams.fail('post', { status: 429, code: 'TooManyRequests', retryAfter: seconds }),
    loseAnswer: () => teams.fail('post', 'drop'),
    postsTried: () =>
      teams.calls.filter(
        ({ operation, body }) =>
          operation === 'send' || operation === 'reply' || (operation === 'create' && body.activity !== undefined),
      ).length,
    alive: () => teams.alive,
    refused: () => teams.refusals.map(({ code }) => code),
  }
}

/** The form as its dialog shows it now; refused fields have their sentence below, behind a warning sign. */
function formOf(dialog: Dialog): OpenForm {
  return {
    get shown() {
      return dialog.shown
    },
    get errors() {
      const lines = dialog.shown.split('\n').filter(line => line.startsWith('⚠'))
      return Object.fromEntries(lines.map((line, n) => [`error ${n}`, line]))
    },
  }
}

function submitsOf({ card }: Dialog): readonly string[] {
  const actions = Array.isArray(card?.actions) ? card.actions : []
  return actions.flatMap(({ type, title }) => (type === 'Action.Submit' ? [String(title)] : []))
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The driver does not know ${String(key)}`)
  return value
}
