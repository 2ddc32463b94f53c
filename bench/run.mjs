// `npm run bench` runs all, `npm run bench -- score due` some, `--large` with 100,000 accounts and 13 million signals,
// `--markdown` prints the table of docs/speed.md. Each bench prints one line of JSON.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { speedTable } from './support/speed-table.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const all = [
  ...['score', 'score-history', 'due', 'fill', 'backtest'],
  ...['import', 'import-memory', 'ingest', 'size'],
  ...['lookup', 'lookup-history', 'lookup-large', 'lookup-busy', 'settings', 'announce', 'start'],
  ...['postgres-score', 'postgres-import', 'postgres-service'],
  ...['list', 'find', 'brief', 'digest', 'noise', 'five', 'presses', 'growth', 'loop-delay', 'sentiment'],
].filter(name => existsSync(join(root, `bench/${name}.ts`)))

/** They hold the whole service, which is started so: see `npm start`. */
const services = ['lookup', 'lookup-history', 'lookup-large', 'lookup-busy', 'settings', 'postgres-service']

const options = { large: { type: 'boolean' }, markdown: { type: 'boolean' } }
const { values, positionals: asked } = parseArgs({ options, allowPositionals: true })
const unknown = asked.filter(name => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are ${all.join(', ')}.`)
  process.exit(64)
}
const wanted = asked.length === 0 ? all : all.filter(name => asked.includes(name))

const built = mkdtempSync(join(root, '.dist-'))
const shared = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
try {
  await build({
    entryPoints: [
      ...wanted.map(name => `bench/${name}.ts`),
      ...['scoring', 'signals'].map(name => `src/threads/${name}-worker.ts`),
    ],
    absWorkingDir: root,
    outdir: built,
    entryNames: '[name]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    logLevel: 'error',
  })
  cpSync(join(root, 'src/model/presets'), join(built, 'presets'), { recursive: true })
  const ran = wanted.map(name => run(name))
  if (values.markdown) console.log(speedTable(ran.flatMap(({ lines }) => lines)))
  process.exitCode = ran.every(({ isDone }) => isDone) ? 0 : 1
} finally {
  rmSync(built, { recursive: true, force: true })
  rmSync(shared, { recursive: true, force: true })
}

function run(name) {
  const flags = ['--expose-gc', ...(services.includes(name) ? ['--max-semi-space-size=2'] : [])]
  const { status, stdout } = spawnSync(
    process.execPath,
    [...flags, join(built, `${name}.js`), ...(values.large ? ['--large'] : [])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      env: { ...process.env, ROUNDS_BENCH_FOLDER: shared, ROUNDS_BENCH_ROOT: root },
    },
  )
  if (!values.markdown) process.stdout.write(stdout)
  if (status !== 0) console.error(`The bench "${name}" ended with ${status}.`)
  const lines = stdout.split('\n').filter(line => line.startsWith('{'))
  return { lines: lines.map(line => JSON.parse(line)), isDone: status === 0 }
}
