import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { readAudit } from '../../store/audit/audit.ts'
import { changeText } from '../../views/timeline/audit-card.ts'
import { printJson, type Verb } from '../shell.ts'
import { auditVerify } from './audit-verify.ts'

type Options = { account?: string; json?: boolean; db?: string }

/** Of a longer log the newest. */
const MOST = 100_000

export const audit: Verb = (program, shell) => {
  const group = program
    .command('audit')
    .description('show who did what, oldest first')
    .option('--account <account>', 'only this account, by id or name')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async ({ account: name, json, db }: Options) => {
      const connection = await shell.open(db)
      const account = name === undefined ? undefined : await findOneAccount(connection, name, shell.clock())
      const newest = await readAudit(connection.db, {
        most: MOST,
        ...(account !== undefined && { account: account.id }),
      })
      const lines = newest.toReversed()
      if (json) {
        const document = lines.map(({ at, who, act, subject, account = null, was = null, isNow = null }) => ({
          at: isoTime(at),
          who,
          act,
          subject,
          account,
          was,
          is: isNow,
        }))
        return printJson(shell, document)
      }
      for (const line of lines) {
        const about = line.account === undefined ? '' : ` (${line.account})`
        shell.print(`${isoTime(line.at)}  ${line.who}: ${line.act} ${line.subject}${about}${changeText(line)}`)
      }
    })
  auditVerify(group, shell)
}
