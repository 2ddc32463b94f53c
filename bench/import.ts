import { spawnSync } from 'node:child_process'
import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { best, report } from './measure.ts'
import { createPortfolio, signalsOf } from './portfolio.ts'

/** The whole verb `import signals`, process and all, against reading the file and counting its lines. */
const { folder, databaseUrl, end } = await createPortfolio(1_000, false)
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
const cli = fileURLToPath(new URL('./cli.js', import.meta.url))
const load = await best(1, () => {
  const said = spawnSync(process.execPath, [cli, 'import', 'signals', file, '--history', '--db', databaseUrl])
  if (said.status !== 0) throw new Error(String(said.stderr))
})

report(
  'import',
  load / read,
  `reading the file: ${rows.length} rows in ${load.toFixed(0)} ms, ${Math.round(rows.length / load)} thousand a second`,
)
await end()
