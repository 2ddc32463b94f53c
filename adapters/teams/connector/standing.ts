import type { Standing } from '../../../src/chat/port.ts'
import type { TeamsConfig } from '../config.ts'

/** What we read of a member of a conversation. */
export type Membership = {
  readonly tenantId?: string | null | undefined
  readonly userRole?: string | null | undefined
  readonly userPrincipalName?: string | null | undefined
}

/** Whether a member of a conversation belongs to the company. Without an app id everybody on this machine is trusted. */
export function standingOf(
  { tenantId, userRole, userPrincipalName }: Membership,
  { app, tenants }: Pick<TeamsConfig, 'app' | 'tenants'>,
): Standing {
  const role = userRole?.toLowerCase()
  if (app !== undefined && tenantId && !tenants.includes(tenantId.toLowerCase())) return 'outsider'
  // who joined a meeting without signing in
  if (role === 'anonymous') return 'outsider'
  // the sign-in name of somebody who was invited from elsewhere: ana_their.example#EXT#@ours.onmicrosoft.com
  return role === 'guest' || /#ext#/i.test(userPrincipalName ?? '') ? 'guest' : 'member'
}
