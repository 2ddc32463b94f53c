import type { Actor, Standing } from '../../../src/chat/port.ts'
import type { Company } from './company.ts'

/** What we read of a user in `users.info`. */
export type SlackUser = {
  readonly team_id?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_workflow_bot?: boolean
  readonly is_stranger?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly enterprise_user?: { readonly enterprise_id?: string }
}

/** Nothing where Slack does not tell whose user it is. */
export function standingOf(user: SlackUser, company: Company | undefined): Standing | undefined {
  if (user.deleted) return 'deactivated'
  if (user.is_bot || user.is_workflow_bot) return 'bot'
  if (user.is_stranger) return 'outsider'
  const theirs = [user.team_id, user.enterprise_user?.enterprise_id].filter(id => id !== undefined)
  if (company === undefined || theirs.length === 0) return undefined
  if (!theirs.some(id => company.ids.has(id))) return 'outsider'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member'
}

/**
 * The one who acts, with what the request itself says of where they belong: in a channel shared with another company
 * it names theirs. On Grid a workspace's id may be a sister's, so there `users.info` alone decides.
 */
export function actorOf(userId: string, teams: readonly unknown[], company: Company | undefined): Actor {
  const actor = { platform: 'slack', userId }
  if (company === undefined) return actor
  const ofOthers = teams.filter(id => typeof id === 'string' && id !== '' && !company.ids.has(id))
  const isOutsider = ofOthers.some(id => !company.isGrid || String(id).startsWith('E'))
  return isOutsider ? { ...actor, standing: 'outsider' } : actor
}
