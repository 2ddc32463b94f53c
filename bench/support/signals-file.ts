import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { signalsByWeek } from './signals.ts'
import type { Size } from './size.ts'

/** A CSV of the portfolio's signals, as an export would be: week by week. Its number of rows. */
export async function writeSignalsFile(file: string, size: Size): Promise<number> {
  const out = createWriteStream(file)
  out.write('account_id,metric,value,observed_at\n')
  let rows = 0
  for (const week of signalsByWeek(size)) {
    for (let at = 0; at < week.length; at += 10_000) {
      const text = week
        .slice(at, at + 10_000)
        .map(
          ({ account, metric, value, observedAt }) =>
            `account-${account},${metric},${value},${new Date(observedAt).toISOString()}\n`,
        )
      if (!out.write(text.join(''))) await once(out, 'drain')
    }
    rows += week.length
  }
  out.end()
  await once(out, 'finish')
  return rows
}
