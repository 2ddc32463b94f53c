import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import { isoOrNull } from '../../domain/time/iso-time.ts'
import { operatorName } from '../../operator-name.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import type { Retirement } from '../../store/accounts/customers.ts'
import { retireAccount, unretireAccount } from '../../work/accounts/retire-account.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { on?: string; reason?: string; undo?: boolean; json?: boolean; db?: string }

export const retire: Verb = (program, shell) => {
  program
    .command('retire')
    .description('take an account that is no longer a customer out of the rounds; its history stays')
    .argument('<account>', 'its id or name')
    .option('--on <day>', 'from this day on instead of now')
    .option('--reason <reason>', 'why, such as "sold to Globex"')
    .option('--undo', 'a customer again, unless the condition `customers` of routes.yaml says otherwise')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: Options) => {
      const { on, reason, undo = false } = options
      if (undo && (on !== undefined || reason !== undefined)) {
        throw usage('--undo takes neither --on nor --reason.', 'Write only --undo.')
      }
      const { customers } = shell.settings().routes
      const connection = await shell.open(options.db)
      const now = shell.clock()
      const since = on === undefined ? now : instantArgument('--on', on)
      const account = await findOneAccount(connection, name, now)
      const retiring = { customers, by: operatorName(), now }
      const retirement = undo
        ? await unretireAccount(connection.db, account, retiring)
        : await retireAccount(connection.db, account, { ...retiring, since, reason })
      if (options.json) printJson(shell, retireJson(account, retirement))
      else shell.print(sentence(account, retirement, { undo, since, now }))
    })
}

function sentence(
  { name }: ListedAccount,
  retirement: Retirement | undefined,
  { undo, since, now }: { readonly undo: boolean; readonly since: Instant; readonly now: Instant },
): string {
  if (undo) {
    return retirement === undefined
      ? `${name} is a customer again. Its next score starts fresh and raises no alerts.`
      : `${name} is not retired by anybody, but the condition \`customers\` of routes.yaml still says so: ${retirement.reason}.`
  }
  if (retirement === undefined && since > now) return `${name} retires on ${dayOf(since)}; until then it is a customer.`
  return `${name} is retired. Its open alerts and tasks have ended; its history stays. --undo takes it back.`
}

function retireJson({ id }: ListedAccount, retirement: Retirement | undefined) {
  return {
    account: id,
    retired: retirement !== undefined,
    since: isoOrNull(retirement?.since),
    reason: retirement?.reason ?? null,
  }
}
