import { findExactAccount } from '../../chat/accounts/find/find-account.ts'
import { type Day, dayOf } from '../../domain/time/instant.ts'
import { isoOrNull } from '../../domain/time/iso-time.ts'
import { operatorName } from '../../operator-name.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import type { Retirement } from '../../store/accounts/customers.ts'
import { retireAccount, type Unretired, unretireAccount } from '../../work/accounts/retire-account.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { on?: string; reason?: string; undo?: boolean; json?: boolean; db?: string }

export const retire: Verb = (program, shell) => {
  program
    .command('retire')
    .description('take a former customer out of alerts, lists and digests; its history stays')
    .argument('<account>', 'its id or name')
    .option('--on <day>', 'the day it left (default: now)')
    .option('--reason <reason>', 'why, such as "sold to Globex"')
    .option('--undo', 'make it a customer again, unless `customers` in routes.yaml says otherwise')
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
      const account = await findExactAccount(connection, name, now)
      const retiring = { customers, by: operatorName(), now }
      if (undo) {
        const unretired = await unretireAccount(connection.db, account, retiring)
        if (options.json) printJson(shell, retireJson(account, unretired.retirement))
        else shell.print(undoneText(account, unretired))
        return
      }
      const retirement = await retireAccount(connection.db, account, { ...retiring, since, reason })
      if (options.json) printJson(shell, retireJson(account, retirement))
      else shell.print(doneText(account, retirement, since > now ? dayOf(since) : undefined))
    })
}

function undoneText({ name }: ListedAccount, { wasMarked, retirement }: Unretired): string {
  if (retirement !== undefined)
    return `${name} stays retired: \`customers\` in routes.yaml says so, because ${retirement.reason}.`
  if (!wasMarked) return `${name} was not retired.`
  return `${name} is a customer again. Its next score starts fresh and raises no alerts.`
}

function doneText({ name }: ListedAccount, retirement: Retirement | undefined, later: Day | undefined): string {
  if (retirement === undefined && later !== undefined)
    return `${name} retires on ${later}. Until then it is a customer.`
  return `${name} is retired. Its open alerts and tasks have ended; its history stays. --undo makes it a customer again.`
}

function retireJson({ id }: ListedAccount, retirement: Retirement | undefined) {
  return {
    account: id,
    retired: retirement !== undefined,
    since: isoOrNull(retirement?.since),
    reason: retirement?.reason ?? null,
  }
}
