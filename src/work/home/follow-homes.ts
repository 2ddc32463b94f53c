import type { Context } from '../../context.ts'
import { viewIn } from '../../domain/home/section.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { DeliveryError } from '../../errors.ts'
import { type HomeView, homeMark, homeViewsSince } from '../../store/home/home-views.ts'
import type { Card } from '../../views/card.ts'
import { homeCard } from '../../views/home/home-page.ts'
import { identify } from '../people/identify.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { homeOf } from './home-of.ts'

/** How long a page is updated after somebody opened it, and how often at most. */
const FOLLOWED = DAY
const PAUSE = 10_000
/** How late a change that depends only on the time, such as an overdue task, may show. */
const CHECK_EVERY = 5 * 60_000

type Shown = { readonly text: string; readonly at: Instant }

/** Keeps the pages that people opened up to date: rebuilds them only after something changed. */
export function homeFollower(): (context: Context) => Promise<void> {
  const shown = new Map<string, Shown>()
  const marks = new Map<string, string>()
  return async context => {
    const { connection, clock, chats } = context
    const now = clock()
    const views = await homeViewsSince(connection.db, now - FOLLOWED)
    const followed = views.filter(({ platform }) => chats.get(platform)?.showHome !== undefined)
    if (followed.length === 0) return
    const mark = `${await homeMark(connection.db)} ${Math.floor(now / CHECK_EVERY)}`
    const { attempt, report } = isolateFailures()
    for (const view of followed) {
      const key = `${view.platform}:${view.userId}`
      const last = shown.get(key)
      const isTooSoon = now - Math.max(last?.at ?? 0, view.openedAt) < PAUSE
      if (marks.get(key) === mark || isTooSoon) continue
      marks.set(key, mark)
      await attempt('a home page', async () => {
        const text = await follow(context, view, last?.text, now)
        if (text !== undefined) shown.set(key, { text, at: now })
      })
    }
    report()
  }
}

/** Gives what is shown now; undefined for somebody whom the people file no longer has. */
async function follow(
  context: Context,
  { platform, userId, words }: HomeView,
  before: string | undefined,
  now: Instant,
): Promise<string | undefined> {
  const { settings, chats, log } = context
  try {
    const caller = await identify(context, { platform, userId })
    if (!caller.isKnown) return undefined
    const view = viewIn(words.replace(/^home ?/, '')) ?? { page: 0 }
    const card = homeCard(settings.model, await homeOf(context, caller, now), view)
    const text = textOf(card)
    if (text !== before) await chats.get(platform)?.showHome?.(userId, card)
    return text
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    log.warn({ platform, reason: error.message }, 'a home page could not be updated')
    return undefined
  }
}

/** When it was drawn changes nothing of what it says. */
function textOf(card: Card): string {
  return JSON.stringify(card, (key, value: unknown) => (key === 'asOf' ? undefined : value))
}
