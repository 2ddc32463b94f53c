import { foldEmail } from '../domain/people/person.ts'
import { BotError } from '../errors.ts'
import { findPersonOrNone } from '../store/people/people.ts'
import { usage } from './arguments.ts'
import type { Verb } from './shell.ts'

type Options = { person?: string; db?: string }

export const mcp: Verb = (program, shell) => {
  program
    .command('mcp')
    .description('run the MCP server over stdin and stdout, for an assistant on this machine')
    .option('--person <email>', 'who asks; the assistant sees and can do what this person can')
    .option('--db <url>', 'the database')
    .action(async ({ person, db }: Options) => {
      if (person === undefined) throw usage('Say who asks.', 'Write `rounds mcp --person ana@example.com`.')
      const connection = await shell.open(db)
      const email = foldEmail(person)
      const isAdmin = shell.settings().routes.admins.includes(email)
      if (!isAdmin && (await findPersonOrNone(connection.db, email)) === undefined) {
        throw new BotError('no_person', `There is no person ${email}.`, 'Add them with `rounds import people`.')
      }
      await shell.assist(connection, email)
    })
}
