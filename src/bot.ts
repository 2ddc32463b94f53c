import { BUTTONS } from './buttons/index.ts'
import type {
  Acknowledge,
  Arrival,
  Door,
  Outcome,
  Press,
  Query,
  Reply,
  Request,
  Shortcut,
  Submission,
  SubmissionReply,
} from './chat.ts'
import type { Command } from './commands/command.ts'
import { greeting, isGreeting } from './commands/greeting.ts'
import { COMMANDS } from './commands/index.ts'
import { COMMAND_NAMES } from './commands/vocabulary.ts'
import type { Context } from './context.ts'
import { brief, quoted } from './domain/quoted.ts'
import { BotError } from './errors.ts'
import { FORMS } from './forms/index.ts'
import { storageTrouble } from './ingest/storage-trouble.ts'
import { nearestOf } from './nearest.ts'
import { isCalledSo } from './operations/find-account.ts'
import { keepPrivate } from './operations/keep-private.ts'
import { noteUse } from './operations/note-use.ts'
import { suggestAccounts } from './operations/suggest-accounts.ts'
import { suggestPeople } from './operations/suggest-people.ts'
import { welcome } from './operations/welcome.ts'
import { withChange } from './operations/with-change.ts'
import { SHORTCUTS } from './shortcuts/index.ts'
import { accountsCalled } from './store/account-names.ts'
import { type Arrived, isFirstDelivery, markHandled, noteArrival } from './store/deliveries.ts'
import { noticeCard } from './views/answer-cards.ts'
import type { Card } from './views/card.ts'
import type { Option } from './views/form.ts'
import { personOption } from './views/person-field.ts'

/** The one inbound door: finds who handles what came in, and turns any failure into a reply to the one who asked. */
export function openDoor(context: Context): Door {
  return {
    ask: (request, acknowledge) => arrived(context, { kind: 'ask', request }, () => ask(context, request), acknowledge),
    press: (request, acknowledge) =>
      arrived(context, { kind: 'press', request }, () => press(context, request), acknowledge),
    shortcut: (request, acknowledge) =>
      arrived(context, { kind: 'shortcut', request }, () => chosen(context, request), acknowledge),
    suggest: query => suggested(context, query),
    welcome: arrival => guarded(context, () => arrivedOnce(context, arrival)),
    submit: async request => {
      const reply = await arrived(context, { kind: 'submit', request }, () => submitted(context, request))
      return reply.kind === 'nothing' ? SUBMITTED_BEFORE : reply
    },
  }
}

/** Does what came in before a restart, and was not done. */
export function handleArrival(context: Context, { kind, request }: Arrived): Promise<Reply | SubmissionReply> {
  return guarded<Reply | SubmissionReply>(context, () => {
    switch (kind) {
      case 'ask':
        return ask(context, request)
      case 'press':
        return press(context, request)
      case 'shortcut':
        return chosen(context, request)
      case 'submit':
        return submitted(context, request)
    }
  })
}

const SUBMITTED_BEFORE: SubmissionReply = {
  kind: 'card',
  card: noticeCard('Done already', 'This form was sent before, and nothing was done twice.'),
}

/** Platforms deliver again what they think got lost, and anybody may send again what they overheard: it is done once. */
function arrived<R extends Reply | SubmissionReply>(
  context: Context,
  arrived: Arrived,
  act: () => Promise<R>,
  acknowledge: Acknowledge = async () => {},
): Promise<R | Nothing | Failure> {
  const { connection, clock, log } = context
  const { deliveryId } = arrived.request
  return guarded(context, async () => {
    let isFirst: boolean
    try {
      isFirst = await noteArrival(connection.db, arrived, clock())
    } finally {
      await acknowledge()
    }
    if (!isFirst) return { kind: 'nothing' }
    try {
      return await act()
    } finally {
      await markHandled(connection.db, deliveryId).catch(error => log.error({ err: error }, 'not noted as done'))
    }
  })
}

async function arrivedOnce(context: Context, arrival: Arrival): Promise<Reply> {
  const isFirst = await isFirstDelivery(context.connection.db, arrival.deliveryId, context.clock())
  return isFirst ? welcome(context, arrival) : { kind: 'nothing' }
}

async function ask(context: Context, request: Request): Promise<Reply> {
  await noteUse(context, request.actor)
  const { command, rest } = await understood(context, request.text)
  const reply = await command(context, request, rest)
  return keepPrivate(context, request, reply, () => command(context, { ...request, isPrivate: true }, rest))
}

/** What a text asks for; kind words are no name, unless an account is called exactly so. */
async function understood(context: Context, text: string): Promise<{ command: Command; rest: string }> {
  const parsed = parse(text)
  if (parsed.command !== COMMANDS.show) return parsed
  if (isGreeting(parsed.rest) && (await accountsCalled(context.connection, parsed.rest, 1)).length === 0) {
    return { command: greeting, rest: '' }
  }
  await refuseMistypedCommand(context, parsed.rest)
  return parsed
}

/** "expln acme" means a command and is not to be taken for an account that is called a little like it. */
async function refuseMistypedCommand({ connection, clock }: Context, words: string): Promise<void> {
  const [first = '', ...others] = words.split(/\s+/)
  const command = others.length === 0 ? undefined : nearestOf(first, COMMAND_NAMES, 2)
  if (command?.charAt(0) !== first.charAt(0).toLowerCase()) return
  if (await isCalledSo(connection, words, clock())) return
  throw new BotError(
    'unknown_command',
    `There is no command ${quoted(first)}.`,
    `Did you mean /health ${command} ${brief(others.join(' '))}? /health help lists every command.`,
  )
}

/** The first word, if it is a command, and what follows; any other words are a name. */
function parse(text: string): { command: Command; rest: string } {
  const words = text.trim().replace(/^\/?health\b\s*/i, '')
  if (words === '') return { command: COMMANDS.mine, rest: '' }
  const [first = '', ...others] = words.split(/\s+/)
  const name = COMMAND_NAMES.find(name => name === first.toLowerCase())
  if (name === undefined) return { command: COMMANDS.show, rest: unquoted(words) }
  return { command: COMMANDS[name], rest: unquoted(others.join(' ')) }
}

/** An account that is called like a command can be written in quotes. */
function unquoted(text: string): string {
  return text.replace(/^["'“„](.*)["'”“]$/su, '$1').trim()
}

async function press(context: Context, press: Press): Promise<Outcome<Reply>> {
  const button = BUTTONS.find(({ action }) => action === press.action)
  if (button === undefined) throw new BotError('no_button', 'This button does nothing any more.', 'See /health help.')
  return withChange(context, press, () => button.press(context, press))
}

async function submitted(context: Context, submission: Submission): Promise<Outcome<SubmissionReply>> {
  const form = FORMS.find(({ id }) => id === submission.form)
  if (form === undefined) throw new BotError('no_form', 'This form is not known any more.', 'Open it again.')
  return withChange(context, submission, () => form.submit(context, submission))
}

async function chosen(context: Context, shortcut: Shortcut): Promise<Reply> {
  const entry = SHORTCUTS.find(({ name }) => name === shortcut.name)
  if (entry === undefined) throw new BotError('no_shortcut', 'This does nothing any more.', 'See /health help.')
  return entry.choose(context, shortcut)
}

/** Letters are typed on meanwhile: a failure is an empty list. */
async function suggested(context: Context, { kind, text }: Query): Promise<readonly Option[]> {
  const { connection, clock, log } = context
  try {
    if (kind === 'person') return (await suggestPeople(context, text)).map(personOption)
    const accounts = await suggestAccounts(connection, text, clock())
    return accounts.map(({ id, name }) => ({ value: id, label: id === name ? name : `${name} (${id})` }))
  } catch (error) {
    log.error({ err: error }, 'nothing to suggest')
    return []
  }
}

type Nothing = Extract<Reply, { kind: 'nothing' }>
type Failure = Extract<Reply, { kind: 'card' }>

async function guarded<R>(context: Context, act: () => Promise<R>): Promise<R | Failure> {
  try {
    return await act()
  } catch (error) {
    return { kind: 'card', card: failureCard(context, error), audience: 'caller' }
  }
}

/** A refusal in its own words; a bug as a short reference that the log has too. */
function failureCard({ log, newId }: Context, error: unknown): Card {
  if (error instanceof BotError) return noticeCard('That did not work', error.message, error.hint)
  const trouble = storageTrouble(error)
  if (trouble !== undefined) {
    log.error({ err: error }, 'the database took nothing')
    return noticeCard('That did not work', `${trouble.sentence} Nothing was changed.`, trouble.hint)
  }
  const reference = newId().slice(0, 8)
  log.error({ reference, err: error }, 'a handler failed')
  return noticeCard(
    'Something broke',
    `That is a fault of mine; it is in the log as ${reference}.`,
    'Try again, or tell an admin this reference.',
  )
}
