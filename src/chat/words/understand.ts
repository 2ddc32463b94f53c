import type { Context } from '../../context.ts'
import { isCommonWord } from '../../domain/accounts/names-in-text.ts'
import { quoted, shortText } from '../../domain/quoted.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { calledInRequest, isCalledSo } from '../accounts/find/find-account.ts'
import type { Command } from '../command.ts'
import { COMMANDS } from '../commands.ts'
import { accountInText, whichNamed } from './account-in-text.ts'
import { greeting, isGreeting } from './greeting.ts'
import { readAs } from './naming-rest.ts'
import { isPersonal } from './personal.ts'
import { commandIn } from './sentences.ts'
import { COMMAND_NAMES, type CommandName } from './vocabulary.ts'

/** What words ask for: which command with what rest, and whether the answer is the caller's own. */
export type Understood = { readonly command: Command; readonly rest: string; readonly isPersonal: boolean }

/** A command, a sentence that can mean only one thing, or a name. Greetings are not names, unless an account is called that. */
export async function understand(context: Context, text: string): Promise<Understood> {
  const { name, rest } = parse(text)
  if (name !== 'show') return { command: COMMANDS[name], rest, isPersonal: isPersonal(name, rest) }
  const show: Understood = { command: COMMANDS.show, rest, isPersonal: false }
  if ((await calledInRequest(context, rest)).length > 0) return show
  if (isGreeting(rest)) return { command: greeting, rest: '', isPersonal: false }
  const asked = commandIn(rest, dayOf(context.clock()))
  if (asked !== undefined) return sentence(parse(withOwnBands(context, asked)), asked)
  if (isDated(rest) || (await isCalledSo(context.connection, rest, context.clock()))) return show
  await refuseMistypedCommand(context, rest)
  const about = await accountInText(context, rest)
  if (about?.kind === 'several') return { command: whichNamed(rest, about.accounts), rest: '', isPersonal: false }
  if (about !== undefined) return sentence({ name: about.name, rest: about.words }, about.reading)
  return show
}

/** What may be the name of an account to show; undefined where the words begin with another command. */
export function nameIn(text: string): string | undefined {
  const { name, rest } = parse(text)
  return name === 'show' ? rest : undefined
}

/** Whether it names a day as a command does, such as "acme since 30d": the account command parses that. */
function isDated(words: string): boolean {
  return /(?:--|—|\b)as[- ]of\b|\bsince[\s=]+\S*\d|--since\b|^\S+ since \S+$/iu.test(words)
}

function sentence({ name, rest }: { name: CommandName; rest: string }, reading: string): Understood {
  const command: Command = async (context, request, words) =>
    readAs(await COMMANDS[name](context, request, words), reading)
  return { command, rest, isPersonal: isPersonal(name, rest) }
}

/** The sentences use the names of the usual bands: this replaces them with the model's own band of that role. */
function withOwnBands({ settings }: Context, command: string): string {
  const { bands } = settings.model
  return command.replace(/^list (at-risk|attention|healthy)\b/u, (whole, word: string) => {
    const band = bands.find(({ role }) => role === word.replace('-', '_'))
    return band === undefined ? whole : `list ${band.id}`
  })
}

/** "expln acme" means a command and must not be taken for an account with a similar name. */
async function refuseMistypedCommand({ connection, clock }: Context, words: string): Promise<void> {
  const [first = '', ...others] = words.split(/\s+/)
  const command = others.length === 0 || isCommonWord(first) ? undefined : nearestOf(first, COMMAND_NAMES, 2)
  if (command?.charAt(0) !== first.charAt(0).toLowerCase()) return
  if (await isCalledSo(connection, words, clock())) return
  throw new BotError(
    'unknown_command',
    `There is no command ${quoted(first)}.`,
    `Did you mean /health ${command} ${shortText(others.join(' '))}? /health help lists every command.`,
  )
}

/** The first word, if it is a command, and what follows; any other words are a name. */
function parse(text: string): { name: CommandName; rest: string } {
  const words = text.trim().replace(/^\/?health\b\s*/i, '')
  if (words === '') return { name: 'mine', rest: '' }
  const [first = '', ...others] = words.split(/\s+/)
  const name = COMMAND_NAMES.find(name => name === first.toLowerCase())
  if (name === undefined) return { name: 'show', rest: unquoted(words) }
  return { name, rest: unquoted(others.join(' ')) }
}

/** An account whose name is a command can be written in quotes. */
function unquoted(text: string): string {
  return text.replace(/^["'“„](.*)["'”“]$/su, '$1').trim()
}
