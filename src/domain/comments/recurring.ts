import { DAY, type Instant } from '../time/instant.ts'

/** What one comment was about, and whose it was. */
export type AboutTopics = { readonly account: number; readonly at: Instant; readonly topics: readonly string[] }

/** A topic that comes up again and again; `before` counts the comments of as long a time before. */
export type RecurringTopic = {
  readonly label: string
  readonly comments: number
  readonly accounts: number
  readonly before: number
}

export const TOPIC_WINDOW = 90 * DAY

/** One comment is an opinion, two are a topic. */
const FEWEST = 2

/** The topics of the last 90 days, those with most accounts first, then most comments, then by name. */
export function recurringTopics(comments: readonly AboutTopics[], now: Instant): RecurringTopic[] {
  const found = new Map<string, { now: AboutTopics[]; before: number }>()
  for (const comment of comments) {
    const age = now - comment.at
    if (age < 0 || age >= 2 * TOPIC_WINDOW) continue
    for (const label of new Set(comment.topics)) {
      const entry = found.get(label) ?? { now: [], before: 0 }
      found.set(label, entry)
      if (age < TOPIC_WINDOW) entry.now.push(comment)
      else entry.before += 1
    }
  }
  return [...found]
    .map(([label, { now, before }]) => ({
      label,
      comments: now.length,
      accounts: new Set(now.map(({ account }) => account)).size,
      before,
    }))
    .filter(({ comments }) => comments >= FEWEST)
    .sort((a, b) => b.accounts - a.accounts || b.comments - a.comments || (a.label < b.label ? -1 : 1))
}
