import type { ChatAdapter } from '../../chat/port.ts'
import { alertsInNews } from '../../domain/digests/alerts-in-news.ts'
import type { Announced } from '../../domain/digests/announced.ts'
import { accountsIn, type DigestNews, digestNews, withDetails } from '../../domain/digests/digest.ts'
import type { PortfolioReview } from '../../domain/portfolio/review.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Digest } from '../../model/digests.ts'
import type { Settings } from '../../model/settings.ts'
import { addMessage, markShown } from '../../store/delivery/outbox.ts'
import { readDigestDetails } from '../../store/digests/digest-details.ts'
import { addDigestRun, setDigestMessage, supersedeUnsent } from '../../store/digests/digest-runs.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Db } from '../../store/tables.ts'
import type { Card } from '../../views/card.ts'
import { digestCard } from '../../views/digests/digest-card.ts'
import { portfolioDigestCard } from '../../views/digests/portfolio-digest-card.ts'
import { atStake } from '../outcomes/at-stake.ts'
import { reviewPortfolio } from '../scoring/review-portfolio.ts'
import { readDigest } from './read-digest.ts'

/** The job's name, which the process that builds and sends the digest claims. */
export function digestJobName(digest: string): string {
  return `digest:${digest}`
}

export type BuiltDigest = {
  readonly digest: Digest
  readonly at: Instant
  /** What it will have announced to the channel. */
  readonly announces: Announced
  readonly news: DigestNews
  /** Only for a portfolio digest. */
  readonly review?: PortfolioReview
  readonly card: Card
}

/** What a digest would say as of an instant; writes nothing. */
export async function buildDigest(
  connection: Connection,
  settings: Settings,
  digest: Digest,
  at: Instant,
  isLate = false,
): Promise<BuiltDigest> {
  const { model } = settings
  const { db } = connection
  const { accounts, heard, total, version, announces } = await readDigest(connection, settings, digest, at)
  const head = { name: digest.name, at, date: localDate(at, digest.time_zone), showArr: digest.show.arr, isLate }
  const found = digestNews(accounts, { model: version, at }, heard, total)
  const named = digest.kind === 'changes' ? accountsIn(found) : accounts
  const details = await readDigestDetails(db, named, at)
  const news = withDetails(found, account => details.get(account.key) ?? { ...account, name: account.id, reason: '' })
  const built = { digest, at, announces, news }
  if (digest.kind === 'changes') return { ...built, card: digestCard(model, head, news) }
  // every renewal is on its list anyway
  const others = { ...news, sections: news.sections.filter(({ kind }) => kind !== 'renewals') }
  const review = await reviewPortfolio(db, model, [...details.values()], at)
  return {
    ...built,
    news: others,
    review,
    card: portfolioDigestCard(
      model,
      head,
      review,
      others,
      digest.filter === undefined ? await atStake(db, version) : undefined,
    ),
  }
}

/**
 * Puts a built digest into the outbox, once for its slot, together with what it announces. With nothing to say and
 * `say_nothing: silence` it puts nothing there. False when this slot was put there before.
 */
export function enqueueDigest(db: Db, built: BuiltDigest, split: ChatAdapter['split'], now: Instant): Promise<boolean> {
  const { digest, news, review, card } = built
  return inTransaction(db, async db => {
    const run = await addDigestRun(db, runOf(built))
    if (run === undefined) return false
    await supersedeUnsent(db, digest.name, digest.to)
    const isEmpty = review === undefined && news.sections.length === 0 && news.baseline === undefined
    const isSilent = isEmpty && digest.say_nothing === 'silence'
    let head: number | undefined
    for (const [part, piece] of isSilent ? [] : split(card).entries()) {
      const message = {
        subject: { of: 'digest', id: String(run) },
        purpose: 'news',
        number: part,
        to: digest.to,
        card: piece,
        alerts: alertsInNews(news),
        at: now,
        expiresAt: now + DAY,
      } as const
      const id = await addMessage(db, head === undefined ? message : { ...message, head })
      head ??= id
    }
    if (head !== undefined) await setDigestMessage(db, run, head)
    return true
  })
}

function localDate(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)
}

/** Records a digest as announced without posting it: the baseline for a channel's first real one. */
export async function recordAsAnnounced(db: Db, built: BuiltDigest): Promise<void> {
  const { digest, at, card } = built
  await inTransaction(db, async db => {
    const run = await addDigestRun(db, runOf(built))
    if (run === undefined) return
    const message = await addMessage(db, {
      subject: { of: 'digest', id: String(run) },
      purpose: 'baseline',
      to: digest.to,
      card,
      alerts: [],
      at,
    })
    if (message === undefined) return
    await setDigestMessage(db, run, message)
    await markShown(db, message, at)
  })
}

function runOf({ digest, at, announces }: BuiltDigest) {
  return { digest: digest.name, destination: digest.to, slot: at, announced: announces }
}
