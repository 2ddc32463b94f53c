import type { Context } from '../../context.ts'
import { namesIn, wordsOf } from '../../domain/accounts/names-in-text.ts'
import { accountOfMeeting, type Meeting } from '../../domain/meetings/meeting.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { emailDomain, hostIn, isMailbox } from '../../ingest/rules/domains.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountsByCore } from '../../store/accounts/account-names.ts'
import { retiredAmong } from '../../store/accounts/customers.ts'
import { valuesNow } from '../../store/accounts/values-now.ts'

export type CustomerMeeting = { readonly meeting: Meeting; readonly account: ListedAccount }

/** Finds the customer that a meeting is with; `own` is the mail domain of our side. */
export type MeetingMatcher = (meetings: readonly Meeting[], own: string | undefined) => Promise<CustomerMeeting[]>

/** The domains of all accounts are looked up once, when the first meeting asks for them. */
export function meetingMatcher({ connection }: Pick<Context, 'connection'>, now: Instant): MeetingMatcher {
  let domains: Promise<Map<string, ListedAccount[]>> | undefined
  return async (meetings, own) => {
    if (meetings.length === 0) return []
    domains ??= accountsByDomain({ connection }, now)
    const [byDomain, called] = [await domains, await accountsByCore(connection, now)]
    const met = meetings.flatMap(meeting => {
      const hosts = new Set(meeting.guests.flatMap(guest => emailDomain(guest) ?? []).filter(host => host !== own))
      const byGuests = [...hosts].flatMap(host => (isMailbox(host) ? [] : ofHost(byDomain, host)))
      const byTitle = namesIn(wordsOf(meeting.title), called).flatMap(({ items }) => items)
      const account = accountOfMeeting(byGuests, byTitle)
      return account === undefined ? [] : [{ meeting, account }]
    })
    const keys = met.map(({ account }) => account.key)
    const retired = await retiredAmong(connection.db, keys)
    return met.filter(({ account }) => !retired.has(account.key))
  }
}

async function accountsByDomain({ connection: { db } }: Pick<Context, 'connection'>, now: Instant) {
  const found = new Map<string, ListedAccount[]>()
  for await (const { account, value } of valuesNow(db, 'domain', now)) {
    for (const host of value.split(/[\s;,]+/).flatMap(text => hostIn(text) ?? [])) {
      found.set(host, [...(found.get(host) ?? []), account])
    }
  }
  return found
}

/** mail.acme.com belongs to acme.com */
function ofHost(byDomain: ReadonlyMap<string, ListedAccount[]>, domain: string): readonly ListedAccount[] {
  for (let host = domain; host.includes('.'); host = host.slice(host.indexOf('.') + 1)) {
    const found = byDomain.get(host)
    if (found !== undefined) return found
  }
  return []
}
