import { DAY, type Duration, type Instant } from '../../domain/time/instant.ts'
import type { Places } from '../engine/signals/batch-order.ts'
import type { SignalBatch } from '../engine/signals/signal-batch.ts'
import { WEEK } from '../engine/signals/week.ts'

/** What one source sent at once. */
export type Sent = {
  received: number
  /** By the number of the day on which it was received. */
  readonly days: Map<number, Arrived>
  /** By the place of its metric, the newest instant of each day on which it was observed. */
  readonly feeds: Map<number, Map<number, Instant>>
}

type Arrived = { received: number; lag: Duration }

/** A metric of a source within one week, by its seven days, so that dates are made week by week and not row by row. */
type Feed = {
  week: number
  readonly newest: Int32Array
  /** How many were received at the instant at which they were observed. */
  readonly atOnce: Int32Array
}

/** What each source sent, by its place among the sources, from rows in key order. */
export function sentBySource(batch: SignalBatch, order: Places): Map<number, Sent> {
  const sources: (Sent & { readonly open: Feed[] })[] = []
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] ?? 0
    const source = batch.source[place] ?? 0
    const metric = batch.metric[place] ?? 0
    const week = batch.week[place] ?? 0
    const time = batch.time[place] ?? 0
    const delay = batch.delay[place] ?? 0
    sources[source] ??= { received: 0, days: new Map(), feeds: new Map(), open: [] }
    const sent = sources[source]
    sent.open[metric] ??= { week, newest: new Int32Array(7).fill(-1), atOnce: new Int32Array(7) }
    const feed = sent.open[metric]
    if (feed.week !== week) {
      endWeek(sent, metric, feed)
      feed.week = week
    }
    const day = Math.floor(time / DAY)
    if (time > (feed.newest[day] ?? 0)) feed.newest[day] = time
    sent.received += 1
    if (delay === 0) feed.atOnce[day] = (feed.atOnce[day] ?? 0) + 1
    else arrive(sent, Math.floor((week * WEEK + time + delay) / DAY), 1, Math.max(0, delay))
  }
  const all = new Map<number, Sent>()
  sources.forEach((sent, source) => {
    sent.open.forEach((feed, metric) => {
      endWeek(sent, metric, feed)
    })
    all.set(source, sent)
  })
  return all
}

function endWeek(sent: Sent, metric: number, { week, newest, atOnce }: Feed): void {
  const byDay = sent.feeds.get(metric) ?? new Map<number, Instant>()
  sent.feeds.set(metric, byDay)
  for (let day = 0; day < 7; day += 1) {
    const time = newest[day] ?? 0
    if (time === -1) continue
    byDay.set(week * 7 + day, week * WEEK + time)
    if (atOnce[day] !== 0) arrive(sent, week * 7 + day, atOnce[day] ?? 0, 0)
  }
  newest.fill(-1)
  atOnce.fill(0)
}

function arrive({ days }: Sent, day: number, received: number, lag: Duration): void {
  const arrived = days.get(day)
  if (arrived === undefined) days.set(day, { received, lag })
  else {
    arrived.received += received
    arrived.lag += lag
  }
}
