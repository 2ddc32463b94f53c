import type { Context } from '../../context.ts'
import type { Calendar } from '../../domain/time/business-time.ts'
import type { Routes } from '../../model/routes.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import type { Db } from '../../store/tables.ts'

/** When somebody works: the house's hours in their own time zone; in the zone of the scoring where theirs is not known. */
export async function calendarOf(db: Db, routes: Routes, email: string | undefined): Promise<Calendar> {
  const person = email === undefined ? undefined : await findPersonOrNone(db, email)
  return { ...routes.business_hours, timeZone: person?.timeZone ?? routes.scoring.time_zone }
}

/** The time zone in which somebody writes and reads days. */
export async function timeZoneOf(
  context: Pick<Context, 'connection' | 'settings'>,
  email: string | undefined,
): Promise<string> {
  return (await calendarOf(context.connection.db, context.settings.routes, email)).timeZone
}
