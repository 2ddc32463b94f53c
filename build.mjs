// Bundles the sources into dist/, unless what stands there is newer than all of them. Run by `npm start` and `rounds`.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireNode } from './node-version.mjs'

requireNode()

const root = dirname(fileURLToPath(import.meta.url))
const inRoot = path => join(root, path)
const SOURCES = ['src', 'adapters', 'migrations', 'package-lock.json', 'build.mjs', 'node-version.mjs'].map(inRoot)

const newest = path =>
  // An installed copy has no sources beside its build.
  !existsSync(path)
    ? 0
    : statSync(path).isDirectory()
      ? Math.max(0, ...readdirSync(path).map(entry => newest(join(path, entry))))
      : statSync(path).mtimeMs

const stamp = inRoot('dist/built')
const isFresh = existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...SOURCES.map(newest))

/**
 * Large packages that the service's libraries load at their start and that most services never use: over HTTP, Bolt needs
 * no web socket, and nobody installs the app from here. They load with their first use and are not bundled.
 */
const LARGE_AND_RARE = /^(undici|@slack\/oauth|iconv-lite)$/

const onFirstUse = {
  name: 'on-first-use',
  setup(build) {
    build.onResolve({ filter: LARGE_AND_RARE }, ({ path, namespace }) =>
      namespace === 'on-first-use' ? { path, external: true } : { path, namespace: 'on-first-use' },
    )
    build.onLoad({ filter: LARGE_AND_RARE, namespace: 'on-first-use' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] })`,
    }))
  },
}

if (!isFresh) {
  const { build } = await import('esbuild')
  const folder = mkdtempSync(inRoot('.dist-'))
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node22',
    // Libraries are bundled, for reading their many files is most of a start and of an idle service's memory. These are not
    // made for it.
    external: ['better-sqlite3', 'botbuilder', 'botframework-*', 'pino', 'esbuild'],
    sourcemap: true,
    // A fifth of a start is reading, and blanks are a third of what is read.
    minifyWhitespace: true,
    logLevel: 'error',
  }
  await build({
    ...common,
    entryPoints: [
      'src/main.ts',
      'src/cli.ts',
      'src/threads/scoring-worker.ts',
      'src/threads/signals-worker.ts',
      'src/ingest/calendar/feed-worker.ts',
    ].map(inRoot),
    outdir: folder,
    entryNames: '[name]',
    chunkNames: 'part-[hash]',
    splitting: true,
    format: 'esm',
    plugins: [onFirstUse],
    // Under a name of our own: bundled libraries import `createRequire` too.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
  })
  // All verbs in one file, as `src/startup/compiled-bundle.ts` loads it: a hundred small ones take longer to find than to run.
  await build({
    ...common,
    entryPoints: { command: inRoot('src/process/run-command.ts') },
    outdir: folder,
    format: 'cjs',
    // What no command needs, or hardly one: it is one file, and read whole.
    external: [...common.external, '@slack/*', 'express', 'prom-client'],
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "'use strict'; const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  })
  // ASCII alone is read in a third of the time, and held in half the memory. esbuild writes so itself, but for what stands in
  // regular expressions.
  const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  for (const file of readdirSync(folder)
    .filter(name => /\.c?js$/.test(name))
    .map(name => join(folder, name))) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped))
  }
  const command = join(folder, 'command.cjs')
  const name = `command-${createHash('sha256').update(readFileSync(command)).digest('hex').slice(0, 16)}`
  renameSync(command, join(folder, `${name}.cjs`))
  cpSync(inRoot('src/model/presets'), join(folder, 'presets'), { recursive: true })
  cpSync(inRoot('src/model/mappings'), join(folder, 'mappings'), { recursive: true })
  writeFileSync(join(folder, 'built'), name)
  // A temporary folder is for its maker alone; the service may run as another user.
  chmodSync(folder, 0o755)
  // Built aside and put in place at once, so that two commands started together never meet half a build.
  const old = mkdtempSync(inRoot('.dist-'))
  if (existsSync(inRoot('dist'))) renameSync(inRoot('dist'), join(old, 'dist'))
  try {
    renameSync(folder, inRoot('dist'))
  } catch {
    rmSync(folder, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}
