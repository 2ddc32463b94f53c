import type { Context } from '../../context.ts'
import { type Rank, SCORE_FORMATS, type ScoreFormat } from '../../domain/scoring/score-format.ts'
import { preferenceOrNone, savePreference } from '../../store/people/preferences.ts'
import { rankAmongOthers, ranksOfShown } from '../../store/portfolio/rank.ts'
import type { Db } from '../../store/tables.ts'
import type { ScoreStyle } from '../../views/scoring/status-text.ts'
import { identify } from '../../work/people/identify.ts'
import { personAskingOrNone } from '../../work/people/person-asking.ts'
import type { Actor } from '../port.ts'

/** How somebody likes to see scores. Asks no platform, so that a lookup stays fast. */
export async function preferredFormat(context: Context, actor: Actor): Promise<ScoreFormat> {
  return formatChosenBy(context.connection.db, await namesOfAsking(context, actor))
}

/** The names under which a preference may be stored, in the order of precedence. */
export async function namesOfAsking(context: Context, actor: Actor): Promise<readonly string[]> {
  const person = await personAskingOrNone(context, actor)
  return [...(person === undefined ? [] : [person.email]), platformName(actor)]
}

export async function formatChosenBy(db: Db, persons: readonly string[]): Promise<ScoreFormat> {
  const chosen = await preferenceOrNone(db, 'score_format', persons)
  return SCORE_FORMATS.find(format => format === chosen) ?? 'words'
}

/** Stored for the person, or for an unknown person's user id on the platform. */
export async function preferFormat(context: Context, actor: Actor, format: ScoreFormat): Promise<void> {
  const { email, isKnown } = await identify(context, actor)
  const person = isKnown && email !== undefined ? email : platformName(actor)
  await savePreference(context.connection.db, person, 'score_format', format)
}

/** What the person who asks sees next to an account's number. */
export async function scoreStyleFor(
  context: Context,
  actor: Actor,
  account: number,
  shown: number | undefined,
): Promise<ScoreStyle> {
  return scoreStyle(context, await preferredFormat(context, actor), account, shown)
}

/** The same for a preferred format. */
export async function scoreStyle(
  context: Context,
  format: ScoreFormat,
  account: number,
  shown: number | undefined,
): Promise<ScoreStyle> {
  if (format !== 'rank' || shown === undefined) return { format: format === 'rank' ? 'words' : format }
  const rank: Rank = await rankAmongOthers(context.connection.db, account, shown)
  return { format, rank }
}

/** The same for the lines of a portfolio. */
export async function scoreStylesFor(context: Context, actor: Actor): Promise<(shown: number) => ScoreStyle> {
  const format = await preferredFormat(context, actor)
  if (format !== 'rank') return () => ({ format })
  const rankOf = await ranksOfShown(context.connection.db)
  return shown => ({ format, rank: rankOf(shown) })
}

function platformName({ platform, userId }: Actor): string {
  return `${platform}:${userId}`
}
