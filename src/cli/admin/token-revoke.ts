import { isoTime } from '../../domain/time/iso-time.ts'
import { BotError } from '../../errors.ts'
import { operatorName } from '../../operator-name.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { listTokens, revokeToken } from '../../store/people/tokens.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { json?: boolean; db?: string }

export const tokenRevoke: Verb = (program, shell) => {
  program
    .command('revoke')
    .description('revoke a token immediately, also in a running service')
    .argument('<token>', 'its id from `token list`, or the whole token')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((token: string, options: Options) => revoke(shell, token, options))
}

async function revoke(shell: Shell, text: string, { json, db }: Options): Promise<void> {
  const connection = await shell.open(db)
  const id = /^rnd_([0-9a-f]{16})(_|$)/.exec(text)?.[1] ?? text
  const token = (await listTokens(connection.db)).find(token => token.id === id)
  if (token === undefined) {
    throw new BotError('unknown_token', `There is no token with the id ${id}.`, '`rounds token list` shows them all.')
  }
  const now = shell.clock()
  const isDone = await inTransaction(connection.db, async db => {
    if (!(await revokeToken(db, id, now))) return false
    await recordAudit(db, { at: now, who: operatorName(), act: 'token.revoke', subject: id, was: token.name })
    return true
  })
  const revokedAt = isoTime(token.revokedAt ?? now)
  if (json) return printJson(shell, { id, name: token.name, revoked_at: revokedAt })
  shell.print(
    isDone ? `${id} (${token.name}) is revoked.` : `${id} (${token.name}) was already revoked at ${revokedAt}.`,
  )
}
