import { defineConfig } from 'vitest/config'
import { temporaryFolder } from './tests/support/temporary-folder.ts'

const inCi = process.env.CI !== undefined

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    env: { TMPDIR: temporaryFolder() },
    globalSetup: ['tests/support/say-node.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests share what they import: each file alone would spend half of the time on loading the same modules.
    pool: 'threads',
    isolate: false,
    // More than cores: many tests wait for a process, a timer or the disk.
    maxWorkers: 4,
    // Tests that start whole processes share two cores there; what fails twice in a row is broken, not slow.
    retry: inCi ? 1 : 0,
  },
})
