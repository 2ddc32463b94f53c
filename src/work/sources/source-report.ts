import { silences } from '../../domain/sources/silence.ts'
import type { SourceReport } from '../../domain/sources/source-report.ts'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import { namedFacts } from '../../model/named-facts.ts'
import type { Settings } from '../../model/settings.ts'
import { metricsWithSignals } from '../../store/scoring/lint-facts.ts'
import { readFeeds } from '../../store/sources/feeds.ts'
import { failedPulls } from '../../store/sources/pulls.ts'
import { readSourceDays } from '../../store/sources/source-days.ts'
import type { Db } from '../../store/tables.ts'
import { unplacedEvents } from '../../store/webhooks/unplaced-events.ts'

/** Rounds makes these itself, whether or not the model reads them. */
const OWN = ['csm_pulse', 'comment_sentiment']

const DAYS_SHOWN = 7

/** What came in over the last week, and what did not; without settings nothing is known of what they read. */
export async function reportSources(db: Db, settings: Settings | undefined, now: Instant): Promise<SourceReport> {
  const sent = await metricsWithSignals(db)
  const read = settings === undefined ? undefined : namedFacts(settings).metrics
  return {
    days: await readSourceDays(db, dayOf(now - (DAYS_SHOWN - 1) * DAY)),
    silent: silences(await readFeeds(db), now).filter(({ metric }) => read?.has(metric) ?? true),
    faults: await failedPulls(db),
    waiting: await unplacedEvents(db, now + 1),
    unsent:
      sent.size === 0 ? [] : [...(read ?? [])].filter(metric => !sent.has(metric) && !OWN.includes(metric)).sort(),
    unread: read === undefined ? [] : [...sent].filter(metric => !read.has(metric) && !OWN.includes(metric)).sort(),
  }
}
