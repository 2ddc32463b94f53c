import { counted } from '../../domain/counted.ts'
import type { Measure } from '../../domain/model/model.ts'
import type { Evidence } from '../../domain/scoring/readings/evidence.ts'
import type { Reading } from '../../domain/scoring/readings/reading.ts'
import { inWindow, numberText, timeText } from '../scoring/evidence.ts'

/** The signals behind a figure: "active_users / seats: 28 signals in 30 days, newest 45 on 2026-11-20 08:00 UTC from product". */
export function restsOn(
  { input }: Measure,
  reading: Reading,
  evidence: Evidence | undefined,
  timeZone: string,
): string {
  if (input.from === 'attribute') return `attribute ${input.attribute}${reading.value === undefined ? ': none' : ''}`
  const metric = input.per === undefined ? input.metric : `${input.metric} / ${input.per.metric}`
  const [newest] = evidence?.newest.slice(-1) ?? []
  if (newest === undefined) return `${metric}: ${absence(reading, inWindow(input.over), timeZone)}`
  const from = newest.source === undefined || newest.source === '' ? '' : ` from ${newest.source}`
  const count = `${counted(reading.signals, 'signal')}${inWindow(input.over)}`
  return `${metric}: ${count}, newest ${numberText(newest.value)} on ${timeText(newest.observedAt, timeZone)}${from}`
}

function absence({ state, newest, value }: Reading, within: string, timeZone: string): string {
  if (state === 'not_applicable') return 'does not apply'
  const last = newest === undefined ? 'no signal yet' : `no signal${within}, last on ${timeText(newest, timeZone)}`
  return value === undefined ? last : `${last}, which counts as ${numberText(value)}`
}
