import type { WebClient } from '@slack/web-api'
import type { Profile } from '../../../src/chat/port.ts'
import { DeliveryError } from '../../../src/errors.ts'
import { withDeliveryErrors } from '../outbound/messages.ts'
import type { Company } from './company.ts'
import { standingOf } from './standing.ts'

/** Who a user is, and whether they belong. Throws `DeliveryError` when Slack cannot be asked now. */
export async function readProfile(client: WebClient, userId: string, company: Company | undefined): Promise<Profile> {
  try {
    const { user } = await withDeliveryErrors(client.users.info({ user: userId }))
    const standing = standingOf(user ?? {}, company)
    const name = user?.profile?.real_name ?? user?.real_name ?? user?.name
    const email = user?.profile?.email
    const isTheirs = email && (standing !== 'outsider' || (await isNobodyElses(client, email, userId)))
    return { ...(isTheirs ? { email } : {}), ...(name ? { name } : {}), ...(standing && { standing }) }
  } catch (error) {
    // somebody from another workspace, or gone: Slack does not say, and never will
    if (error instanceof DeliveryError && error.fault === 'destination') return { standing: 'outsider' }
    throw error
  }
}

/** Another company's workspace may give its users any address, even one of ours. */
async function isNobodyElses(client: WebClient, email: string, userId: string): Promise<boolean> {
  try {
    const { user } = await withDeliveryErrors(client.users.lookupByEmail({ email }))
    return user?.id === undefined || user.id === userId
  } catch (error) {
    if (error instanceof DeliveryError && error.fault === 'destination') return true
    throw error
  }
}
