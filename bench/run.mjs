// Measures, each printing one ratio: `npm run bench`, or `npm run bench -- rescore` for one of them.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const all = ['rescore', 'import', 'lookup', 'loop-delay', 'settings', 'noise']
const asked = process.argv.slice(2)
const unknown = asked.filter(name => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no measurement "${unknown.join('", "')}". There are ${all.join(', ')}.`)
  process.exit(64)
}
const wanted = asked.length === 0 ? all : all.filter(name => asked.includes(name))

const folder = mkdtempSync(join(root, '.dist-'))
try {
  await build({
    entryPoints: [...wanted.map(name => `bench/${name}.ts`), 'src/work/scoring/scoring-worker.ts'],
    absWorkingDir: root,
    outdir: folder,
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
  cpSync(join(root, 'src/model/presets'), join(folder, 'presets'), { recursive: true })
  for (const name of wanted) spawnSync(process.execPath, [join(folder, `${name}.js`)], { stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
