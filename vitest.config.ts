import { defineConfig } from 'vitest/config'
import { FILES_NOT_YET } from './tests/support/postgres-not-yet.ts'
import { temporaryFolder } from './tests/support/temporary-folder.ts'

const inCi = process.env.CI !== undefined

export default defineConfig({
  test: {
    env: { TMPDIR: temporaryFolder() },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests share what they import: each file alone would spend half of the time on loading the same modules.
    pool: 'threads',
    isolate: false,
    // More than cores: many tests wait for a process, a timer or the disk.
    maxWorkers: 4,
    // Tests that start whole processes share two cores there; what fails twice in a row is broken, not slow.
    retry: inCi ? 1 : 0,
    projects: [
      {
        extends: true,
        test: { name: 'sqlite', include: ['tests/**/*.test.ts'], globalSetup: ['tests/support/say-node.ts'] },
      },
      {
        // What the store says in plain SQL holds on PostgreSQL too.
        extends: true,
        test: {
          name: 'postgres',
          include: ['tests/store/**/*.test.ts', 'tests/work/schedule.test.ts', 'tests/delivery/two-senders.test.ts'],
          exclude: Object.keys(FILES_NOT_YET),
          globalSetup: ['tests/support/postgres-server.ts'],
          setupFiles: ['tests/support/postgres-setup.ts'],
        },
      },
    ],
  },
})
