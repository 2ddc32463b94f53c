import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepYoungGenerationSmall } from '../src/startup/small-young-generation.ts'
import { openDatabase } from '../src/store/engine/engines.ts'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { median } from './support/measure.ts'
import { atMost, report } from './support/report.ts'
import { writeSignalsFile } from './support/signals-file.ts'
import { isLarge, LARGE, type Size, SMALL } from './support/size.ts'

/** The peak of a process that imports and does nothing else: each import has one of its own, and so have its accounts. */
const [few, many]: [Size, Size] = [{ ...SMALL, accounts: 1_100 }, isLarge ? LARGE : { ...SMALL, accounts: 8_000 }]

const [, , step, database = '', what = ''] = process.argv
if (step === 'accounts') {
  const connection = await databaseWithAccounts(`sqlite:${database}`, Number(what))
  await connection.close()
} else if (step === 'signals') {
  // As `rounds import` does.
  keepYoungGenerationSmall()
  const connection = openDatabase(`sqlite:${database}`)
  await importSignals(connection, what)
  await connection.close()
  console.log(process.resourceUsage().maxRSS / 1_024)
} else await compare()

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
  const peaks: Record<'few' | 'many', number[]> = { few: [], many: [] }
  const files = { few: join(folder, 'few.csv'), many: join(folder, 'many.csv') }
  const rows = { few: await writeSignalsFile(files.few, few), many: await writeSignalsFile(files.many, many) }
  for (let round = 0; round < (isLarge ? 3 : 5); round += 1) {
    for (const [which, size] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const database = join(folder, `${which}-${round}.db`)
      run('accounts', database, `${size.accounts}`)
      const { stdout } = run('signals', database, files[which])
      peaks[which].push(Number(stdout))
      rmSync(database)
    }
  }
  const [least, most] = [median(peaks.few), median(peaks.many)]
  report({
    bench: 'import-memory',
    what: 'The peak memory of an import of many rows, against that of few.',
    ratio: most / least,
    goal: atMost(1.2),
    also: [{ name: 'peak_mb', value: most, goal: atMost(300) }],
    details: { rows_few: rows.few, rows_many: rows.many, peak_few_mb: least },
  })
  rmSync(folder, { recursive: true })
}

function run(...step: [step: 'accounts' | 'signals', database: string, what: string]) {
  return spawnSync(process.execPath, [process.argv[1] ?? '', ...step], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
