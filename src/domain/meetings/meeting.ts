import type { Day, Instant } from '../time/instant.ts'

/** What a calendar says of a meeting, as far as we look. */
export type Meeting = {
  readonly title: string
  readonly start: Instant
  readonly isAllDay: boolean
  /** E-mail addresses of those who are invited or invite, without the calendar's owner. */
  readonly guests: readonly string[]
}

/** A day as somebody lives it: from its first instant on, up to the first of the next. */
export type MeetingDay = { readonly day: Day; readonly from: Instant; readonly to: Instant }

/**
 * Which account a meeting is with, if that is exactly one: by the domains of the guests, else, or where they fit
 * several, by the title.
 */
export function accountOfMeeting<T extends { readonly key: number }>(
  byGuests: readonly T[],
  byTitle: readonly T[],
): T | undefined {
  const [guests, title] = [keysOf(byGuests), keysOf(byTitle)]
  const named =
    guests.size === 0 ? title : guests.size === 1 ? guests : new Set([...guests].filter(key => title.has(key)))
  const [key, ...others] = named
  return others.length > 0 ? undefined : [...byGuests, ...byTitle].find(account => account.key === key)
}

function keysOf(accounts: readonly { readonly key: number }[]): ReadonlySet<number> {
  return new Set(accounts.map(({ key }) => key))
}

/** The address of a calendar as it is fetched; undefined for what is not one. */
export function feedAddress(text: string): string | undefined {
  const written = text.trim().replace(/^webcals?:/i, 'https:')
  const url = URL.canParse(written) ? new URL(written) : undefined
  const isFetched = url?.protocol === 'https:' && url.username === '' && url.password === ''
  return isFetched && url.hostname.includes('.') ? url.href : undefined
}

/** The address of a feed is a secret: as much of it as may be shown. */
export function maskedFeed(url: string): string {
  return URL.canParse(url) ? `${new URL(url).hostname}/••••` : '••••'
}
