import type { Context } from '../../context.ts'
import { laterToday } from '../../domain/pulses/put-off.ts'
import type { Card } from '../../views/card.ts'
import { pulsesCard } from '../../views/pulses/pulses-card.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { pulseList } from './due-pulses.ts'

/** What one message shows of the list; less where more would be torn into several. */
const MOST = 20
const FEW = 8

type Part = { readonly platform: string; readonly page: number }

/** The list of pulses as somebody sees it now on a platform. */
export async function pulsesCardFor(context: Context, owner: string, { platform, page }: Part): Promise<Card> {
  const { connection, settings, clock, chats } = context
  const now = clock()
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  const pulses = await pulseList(context, owner, now)
  const isLaterToday = laterToday(now, calendar) !== undefined
  const cardOf = (size: number) => pulsesCard({ pulses, timeZone: calendar.timeZone, size, page, isLaterToday })
  const whole = cardOf(MOST)
  const pieces = chats.get(platform)?.split(whole) ?? [whole]
  return pieces.length > 1 ? cardOf(FEW) : whole
}
