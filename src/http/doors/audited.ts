import { recordAudit } from '../../store/audit/audit.ts'
import type { RowsDoor } from './door.ts'

/** Notes in the audit log what a token changed, as an import by hand is noted. */
export function audited(act: string): NonNullable<RowsDoor['afterwards']> {
  return async ({ connection }, { added, changed }, { tokenId, tokenName }, at) => {
    if (added + changed === 0) return
    const isNow = `${added} added, ${changed} changed`
    await recordAudit(connection.db, { at, who: `token ${tokenName}`, act, subject: tokenId, isNow })
  }
}
