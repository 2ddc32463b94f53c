import type { Context } from '../../context.ts'
import { type Act, PERMISSIONS } from '../../domain/people/permission.ts'
import { isAtLeast } from '../../domain/people/person.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { type Caller, needRole } from './identify.ts'

/** Refuses an act that somebody's role does not allow, naming the role that may; a refusal is audited. */
export async function allow(
  context: Context,
  caller: Caller,
  act: Act,
  subject: string,
  account?: string,
): Promise<void> {
  const { role, words } = PERMISSIONS[act]
  if (!isAtLeast(caller.role, role)) {
    const who = caller.email ?? caller.name
    await recordAudit(context.connection.db, {
      at: context.clock(),
      who,
      act: `refused:${act}`,
      subject,
      ...(account !== undefined && { account }),
    })
  }
  needRole(caller, role, words)
}
