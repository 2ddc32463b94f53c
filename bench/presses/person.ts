import type { Channel, FakeSlack, Message, Modal, User } from '../../tests/support/fake-slack/index.ts'
import { pressed } from '../../tests/support/small-company.ts'

/** Seconds for a press, for a key, and for a word read at 250 words a minute. */
const [PRESS, KEY, WORD] = [1.2, 0.3, 60 / 250]

export type Tally = {
  readonly presses: number
  readonly keys: number
  readonly words: number
  readonly seconds: number
}

export type Counted = ReturnType<typeof countedPerson>

type Button = Parameters<FakeSlack['press']>[2]

/** Somebody at Slack whose presses, keys and reading are counted. What they have read once they do not read again. */
export function countedPerson(slack: FakeSlack, user: User) {
  let [presses, keys, words] = [0, 0, 0]
  const known = new Set<string>()

  /** Reads what is new to them, but for labels, which are found within a press; of a long message the first screen. */
  function read(what: Message | Modal): void {
    const blocks = 'view' in what ? what.view.blocks : what.blocks
    const labels = new Set(['Cancel', ...labelsIn(blocks)])
    for (const line of what.shown.split('\n').slice(0, SCREEN)) {
      if (known.has(line) || labels.has(line)) continue
      known.add(line)
      words += line.split(/\s+/).filter(word => /\p{L}|\p{N}/u.test(word)).length
    }
  }

  return {
    read,
    /** Presses, and reads what has changed there or came in answer. */
    async press(message: Message, button: Button): Promise<Message> {
      presses += 1
      const answer = await pressed(slack, user, message, button)
      read(answer)
      return answer
    },
    /** Presses what leads to a form, and reads the form. */
    async open(message: Message, button: Button): Promise<Modal> {
      presses += 1
      await slack.press(user, message, button)
      const form = await slack.until(() => slack.modal(user))
      read(form)
      return form
    },
    /** Fills in a form and sends it: a choice or a day is a press to open it and one to take it, text is typed. */
    async submit(
      form: Modal,
      typed: Readonly<Record<string, string>>,
      chosen: Readonly<Record<string, string | readonly string[]>> = {},
    ) {
      keys += Object.values(typed).join('').length
      presses += 1 + 2 * Object.keys(chosen).length
      await slack.submit(user, form, { ...typed, ...chosen })
    },
    /** Types a command in a channel and sends it with the last key. */
    async ask(words: string, channel: Channel): Promise<Message> {
      keys += words.length + 1
      const before = slack.ephemerals(user).length
      await slack.command(user, words, channel)
      const answer = await slack.until(() => slack.ephemerals(user).at(before))
      read(answer)
      return answer
    },
    /** Types a command that leads to a form. */
    async askForm(words: string, channel: Channel): Promise<Modal> {
      keys += words.length + 1
      await slack.command(user, words, channel)
      const form = await slack.until(() => slack.modal(user))
      read(form)
      return form
    },
    /** Opens the Home tab with a press. */
    async openHome(): Promise<Modal> {
      presses += 1
      await slack.openHome(user)
      const home = await slack.until(() => slack.home(user))
      read(home)
      return home
    },
    tally: (): Tally => ({ presses, keys, words, seconds: presses * PRESS + keys * KEY + words * WORD }),
  }
}

/** What stands on buttons, and behind menus. */
function labelsIn(blocks: unknown): string[] {
  return thingsIn(blocks)
    .flatMap(({ elements, accessory }) => [...thingsIn(elements), ...thingsIn(accessory)])
    .flatMap(({ type, text, options }) => {
      if (type === 'button') return thingsIn(text)
      return type === 'overflow' ? thingsIn(options).flatMap(option => thingsIn(option.text)) : []
    })
    .map(({ text }) => String(text))
}

function thingsIn(value: unknown): Record<string, unknown>[] {
  return [value].flat().filter(one => typeof one === 'object' && one !== null) as Record<string, unknown>[]
}

/** Lines that a screen holds. */
const SCREEN = 24
