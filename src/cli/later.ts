import { usage } from './arguments.ts'
import type { Verb } from './shell.ts'

/** Verbs that come with a later version. */
const LATER = ['plan']

/** Declares them all, unseen in the help, so that each says that it is not there yet. */
export const later: Verb = program => {
  for (const verb of LATER) {
    program
      .command(`${verb} [arguments...]`, { hidden: true })
      .description('not there yet')
      .allowUnknownOption()
      .action(() => {
        throw usage(`"${verb}" is not there yet.`, 'Write `rounds --help` for the verbs that exist today.')
      })
  }
}
