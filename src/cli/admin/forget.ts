import { findExactAccount } from '../../chat/accounts/find/find-account.ts'
import { counted } from '../../domain/counted.ts'
import { BotError } from '../../errors.ts'
import { operatorName } from '../../operator-name.ts'
import { forgetAccount } from '../../store/privacy/forget-account.ts'
import { forgetPerson } from '../../store/privacy/forget-person.ts'
import { usage } from '../arguments.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { person?: string; account?: string; json?: boolean; db?: string }

export const forget: Verb = (program, shell) => {
  program
    .command('forget')
    .description('permanently delete what is stored about a person or an account')
    .option('--person <email>', 'a person at your company, or a contact at a customer')
    .option('--account <account>', 'an account, by its exact id or name, with everything about it')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      const { person, account } = options
      if ((person === undefined) === (account === undefined)) {
        throw usage('Say whom to forget.', 'Write --person EMAIL or --account ACCOUNT.')
      }
      if (person !== undefined) return forgetOnePerson(shell, person, options)
      if (account !== undefined) return forgetOneAccount(shell, account, options)
    })
}

async function forgetOnePerson(shell: Shell, email: string, { json, db }: Options): Promise<void> {
  const connection = await shell.open(db)
  const how = { at: shell.clock(), by: operatorName() }
  const counts = await forgetPerson(connection.db, email, how)
  if (counts === undefined) throw new BotError('no_person', `Nothing is stored about ${email}.`, 'Check the spelling.')
  if (json) return printJson(shell, { person: email, ...counts })
  const { comments, pulses, accounts, alerts, tasks } = counts
  shell.print(
    `Forgotten: ${email}. Comments deleted: ${comments}; notes of pulses: ${pulses}; accounts without an owner now: ${accounts}; ` +
      `alerts open again: ${alerts}; tasks: ${tasks}.`,
  )
  shell.note(`Ratings and decisions stay, without a name. ${ELSEWHERE}`)
}

async function forgetOneAccount(shell: Shell, name: string, { json, db }: Options): Promise<void> {
  const connection = await shell.open(db)
  const account = await findExactAccount(connection, name, shell.clock())
  const how = { at: shell.clock(), by: operatorName() }
  const signals = await forgetAccount(connection.db, account, how)
  if (json) return printJson(shell, { account: account.id, signals })
  shell.print(`Forgotten: ${account.name} (${account.id}), with ${counted(signals, 'signal')}.`)
  shell.note(ELSEWHERE)
}

const ELSEWHERE =
  'Messages in channels, backups, and the files that you import are not changed: delete the data there too.'
