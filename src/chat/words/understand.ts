import type { Context } from '../../context.ts'
import { brief, quoted } from '../../domain/quoted.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { accountsCalled } from '../../store/accounts/account-names.ts'
import { isCalledSo } from '../accounts/find-account.ts'
import type { Command } from '../command.ts'
import { COMMANDS } from '../commands.ts'
import { greeting, isGreeting } from './greeting.ts'
import { isPersonal } from './personal.ts'
import { COMMAND_NAMES, type CommandName } from './vocabulary.ts'

/** What words ask for: which command with what rest, and whether the answer is the caller's own. */
export type Understood = { readonly command: Command; readonly rest: string; readonly isPersonal: boolean }

/** Kind words are no name, unless an account is called exactly so. */
export async function understand(context: Context, text: string): Promise<Understood> {
  const { name, rest } = parse(text)
  if (name !== 'show') return { command: COMMANDS[name], rest, isPersonal: isPersonal(name, rest) }
  if (isGreeting(rest) && (await accountsCalled(context.connection, rest, 1)).length === 0) {
    return { command: greeting, rest: '', isPersonal: false }
  }
  await refuseMistypedCommand(context, rest)
  return { command: COMMANDS.show, rest, isPersonal: false }
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
function parse(text: string): { name: CommandName; rest: string } {
  const words = text.trim().replace(/^\/?health\b\s*/i, '')
  if (words === '') return { name: 'mine', rest: '' }
  const [first = '', ...others] = words.split(/\s+/)
  const name = COMMAND_NAMES.find(name => name === first.toLowerCase())
  if (name === undefined) return { name: 'show', rest: unquoted(words) }
  return { name, rest: unquoted(others.join(' ')) }
}

/** An account that is called like a command can be written in quotes. */
function unquoted(text: string): string {
  return text.replace(/^["'“„](.*)["'”“]$/su, '$1').trim()
}
