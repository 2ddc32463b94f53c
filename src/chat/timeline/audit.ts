import { readAudit } from '../../store/audit/audit.ts'
import { auditCard } from '../../views/timeline/audit-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'

const MOST = 20

/** Who did what about an account. For admins, and only shown to them. */
export const audit: Command = (context, request, rest) =>
  withAccount(context, { ...request, isPrivate: true }, rest, 'audit', async account => {
    await allow(context, await identify(context, request.actor), 'audit.read', `account:${account.id}`, account.id)
    const entries = await readAudit(context.connection.db, { account: account.id, most: MOST })
    return { kind: 'card', card: auditCard(account, entries), audience: 'caller' }
  })
