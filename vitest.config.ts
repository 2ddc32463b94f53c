import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { FILES_NOT_YET } from './tests/support/postgres-not-yet.ts'
import { temporaryFolder } from './tests/support/temporary-folder.ts'

const inCi = process.env.CI !== undefined
const isLong = process.env.ROUNDS_LONG !== undefined

// What the store says in plain SQL holds on PostgreSQL too, and so does what is built on it: each run tries a part of
// that, a long one tries all.
const SOME_ON_POSTGRES = [
  ...['topics', 'account-card'].map(name => `tests/chat/${name}.test.ts`),
  ...['schedule', 'slots', 'score-oracle', 'score-portfolio', 'score-due'].map(name => `tests/work/${name}.test.ts`),
  'tests/delivery/two-senders.test.ts',
]
const ALL_ON_POSTGRES = ['tests/{chat,work,adapters,delivery}/**/*.test.ts']
const ON_POSTGRES_ALONE = [
  ...[
    'postgres',
    'lost-answers',
    'out-of-reach',
    'lost-server',
    'two-instances',
    'shared-scoring',
    'campaign',
    'hundred-claims',
  ].map(name => `tests/service/${name}.test.ts`),
  ...['both-databases', 'score-together', 'score-under-news'].map(name => `tests/work/${name}.test.ts`),
  'tests/store/postgres/**/*.test.ts',
]

export default defineConfig({
  test: {
    // What one thread has compiled, those after it and the next run find there.
    env: { TMPDIR: temporaryFolder(), NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tests') },
    // A property is tried ten times as often in a long run.
    testTimeout: isLong ? 900_000 : 60_000,
    hookTimeout: 60_000,
    // Tests share what they import: each file alone would spend half of the time on loading the same modules.
    pool: 'threads',
    isolate: false,
    // Node runs the sources as they are: rewritten for Vite they load and run more slowly. Nothing here is mocked.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // More than cores: many tests wait for a process, a timer or the disk.
    maxWorkers: 4,
    // Tests that start whole processes share two cores there; what fails twice in a row is broken, not slow.
    retry: inCi ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts'],
          exclude: ON_POSTGRES_ALONE,
          globalSetup: ['tests/support/say-node.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          // A database is made for each test, and a transaction goes back and forth to a server.
          testTimeout: isLong ? 900_000 : 120_000,
          hookTimeout: 120_000,
          include: ['tests/store/**/*.test.ts', ...(isLong ? ALL_ON_POSTGRES : SOME_ON_POSTGRES), ...ON_POSTGRES_ALONE],
          exclude: Object.keys(FILES_NOT_YET),
          globalSetup: ['tests/support/postgres-server.ts'],
          setupFiles: ['tests/support/postgres-setup.ts'],
        },
      },
    ],
  },
})
