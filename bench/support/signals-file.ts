import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { timeInWeek, weekOf } from '../../src/store/engine/signals/week.ts'
import type { NewSignal } from '../../src/store/sources/signals.ts'
import { signalsByWeek } from './signals.ts'
import type { Size } from './size.ts'

/** A CSV of the portfolio's signals, as an export would be: week by week. Its number of rows. */
export function writeSignalsFile(file: string, size: Size): Promise<number> {
  const row = ({ account, metric, value, observedAt }: NewSignal) =>
    `account-${account},${metric},${value},${new Date(observedAt).toISOString()}`
  return writeRows(file, 'account_id,metric,value,observed_at', size, row)
}

/** The same rows as the numbers that the database holds, for whoever writes them unseen. */
export function writeNumbersFile(file: string, size: Size): Promise<number> {
  const metrics = new Map<string, number>()
  return writeRows(file, undefined, size, ({ account, metric, value, observedAt }) => {
    const key = metrics.get(metric) ?? metrics.size + 1
    metrics.set(metric, key)
    return `${weekOf(observedAt)},${account},${key},${timeInWeek(observedAt)},,${value},0,1`
  })
}

/** One signal a line, for the door of the service. */
export function signalsAsNdjson(signals: readonly NewSignal[]): string {
  const lines = signals.map(({ account, metric, value, observedAt }) =>
    JSON.stringify({
      account_id: `account-${account}`,
      metric,
      value,
      observed_at: new Date(observedAt).toISOString(),
    }),
  )
  return lines.join('\n')
}

async function writeRows(
  file: string,
  header: string | undefined,
  size: Size,
  row: (signal: NewSignal) => string,
): Promise<number> {
  const out = createWriteStream(file)
  if (header !== undefined) out.write(`${header}\n`)
  let rows = 0
  for (const week of signalsByWeek(size)) {
    for (let at = 0; at < week.length; at += 10_000) {
      const lines = week.slice(at, at + 10_000).map(row)
      if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
    }
    rows += week.length
  }
  out.end()
  await once(out, 'finish')
  return rows
}
