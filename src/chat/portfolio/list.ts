import type { Context } from '../../context.ts'
import { type ListQuery, listWords, parseList } from '../../domain/portfolio/list-query.ts'
import { foldBand } from '../../domain/portfolio/portfolio.ts'
import { quoted } from '../../domain/quoted.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Day } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { accountsWith } from '../../store/portfolio/filter.ts'
import { type PageOfPortfolio, readPage } from '../../store/portfolio/page.ts'
import { listCard } from '../../views/portfolio/list-card.ts'
import { whyNone } from '../../work/accounts/why-none.ts'
import { atStake } from '../../work/outcomes/at-stake.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import { scoreStylesFor } from '../accounts/score-style.ts'
import { withArrOnlyIf } from '../accounts/with-arr.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import type { Actor, Reply, Request } from '../port.ts'
import { namingRest } from '../words/naming-rest.ts'
import { listTitle } from './list-title.ts'
import { type Owner, ownerMeant } from './owner-meant.ts'

/** The portfolio, or a part of it, page by page. */
export const list: Command = async (context, request, rest) => {
  const bands = bandsOf(context)
  const { query, left } = parseList(rest, bands)
  if (left !== '' && Object.keys(query).length === 0) {
    const nearest = nearestOf(foldBand(left), bands)
    const guess = nearest === undefined ? '' : `Did you mean /health list ${nearest}? `
    throw new BotError('no_band', `There is no band ${quoted(left)}.`, `${guess}There are ${bands.join(', ')}.`)
  }
  return namingRest(await listOf(context, request, query), left)
}

export function bandsOf({ settings }: Context): string[] {
  return [...settings.model.bands.map(({ id }) => id), UNKNOWN]
}

/** The title and the empty sentence of a list that its filters do not describe. */
type Named = { readonly title?: string; readonly empty?: string }

export async function listOf(context: Context, request: Request, query: ListQuery, named: Named = {}): Promise<Reply> {
  const { connection, settings } = context
  const { db } = connection
  const now = context.clock()
  const timeZone = await readerZone(context, request)
  const size = rowsOnPage(context, request)
  const skipped = ((query.page ?? 1) - 1) * size
  const page = await pageOf(context, request.actor, query, { today: dayIn(timeZone, now), skip: skipped, most: size })
  const nameOf = await namingPeople(db)
  const allowed = withArrOnlyIf(
    context,
    request,
    page.lines.map(line => ({ ...line, ...(line.owner !== undefined && { owner: nameOf(line.owner) }) })),
  )
  const isWhole = Object.keys(query).every(key => key === 'page')
  const turned = (to: number) => listWords({ ...query, page: to })
  const current = query.page ?? 1
  const card = listCard(
    settings.model,
    {
      title: named.title ?? listTitle(settings.model, query, page.owner),
      lines: allowed.lines,
      total: page.total,
      skipped,
      empty: page.total > 0 ? '' : (named.empty ?? (await whyNone(db, query.segment, now))),
      words: listWords(query),
      isPrivate: request.isPrivate,
      canExport: context.chats.get(request.actor.platform)?.sendFile !== undefined,
      ...(page.isMore === true && { isMore: true }),
      ...(isWhole && !allowed.isMasked && { atStake: await atStake(db, settings.model.version) }),
      ...(current > 1 && { back: turned(current - 1) }),
      ...(skipped + page.lines.length < page.total && page.lines.length > 0 && { next: turned(current + 1) }),
    },
    now,
    { styleOf: await scoreStylesFor(context, request.actor), timeZone: request.isPrivate ? timeZone : 'UTC' },
  )
  return { kind: 'card', card, audience: audienceOf(request), isMasked: allowed.isMasked }
}

type Range = { readonly today: Day; readonly skip: number; readonly most: number; readonly mostCounted?: number }

/** The accounts of a list, from an offset on, and who owns them. */
export async function pageOf(
  context: Context,
  actor: Actor,
  query: ListQuery,
  { today, ...range }: Range,
): Promise<PageOfPortfolio & { readonly owner: Owner | undefined }> {
  const { db } = context.connection
  const now = context.clock()
  const owner = query.owner === undefined ? undefined : await ownerMeant(context, actor, query.owner)
  const among = await accountsWith(db, now, { ...query, today })
  const page = await readPage(db, now, {
    isFalling: query.change === 'falling',
    isRising: query.change === 'rising',
    isRetired: query.isRetired ?? false,
    ...range,
    ...(query.band !== undefined && { verdict: query.band }),
    ...(owner !== undefined && { owner: owner.email }),
    ...(among !== undefined && { among }),
  })
  return { ...page, owner }
}

/** As many as fit one message. */
function rowsOnPage({ chats }: Context, { actor }: Request): number {
  return chats.get(actor.platform)?.capabilities.tableRows ?? FEW_ROWS
}

const FEW_ROWS = 20
