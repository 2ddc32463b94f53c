import type { Verb } from '../shell.ts'
import { tokenCreate } from './token-create.ts'
import { tokenList } from './token-list.ts'
import { tokenRevoke } from './token-revoke.ts'

/** What `rounds token` can do, each in a file of its own. */
export const token: Verb = (program, shell) => {
  const verb = program.command('token').description('manage the tokens that programs use over HTTP')
  for (const declare of [tokenCreate, tokenList, tokenRevoke]) declare(verb, shell)
}
