import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFile } from '../src/ingest/files/source.ts'
import { LOADERS } from '../src/ingest/load/load.ts'
import { best, report } from './measure.ts'
import { createPortfolio, MORNING, signalsOf } from './portfolio.ts'

/** Importing signals end to end, against reading the file and counting its lines. */
const REJECTS = {
  add: () => {
    throw new Error('no row is bad')
  },
  close: () => {},
}
const { folder, connection, end } = await createPortfolio(1_000, 0)
const rows = signalsOf(1_000).map(
  ({ account, metric, value, observedAt }) =>
    `account-${account - 1},${metric},${value},${new Date(observedAt).toISOString()}`,
)
const file = join(folder, 'signals.csv')
writeFileSync(file, ['account_id,metric,value,observed_at', ...rows].join('\n'))

const read = await best(3, async () => {
  let lines = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
  }
  return lines
})
const load = await best(1, async () => {
  const source = await openFile(file)
  const report = await LOADERS.signals({
    connection,
    source,
    rejects: REJECTS,
    now: MORNING,
    isHistory: true,
    platforms: [],
  })
  if (report.added !== rows.length) throw new Error(`added ${report.added}`)
})

report(
  'import',
  load / read,
  `reading the file: ${rows.length} rows in ${load.toFixed(0)} ms, ${Math.round(rows.length / load)} thousand a second`,
)
await end()
