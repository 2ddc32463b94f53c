import { defineConfig } from 'vitest/config'

const inCi = process.env.CI !== undefined

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest would leave one of two cores to itself: twice the time.
    maxWorkers: '100%',
    // Tests that start whole processes share two cores there; what fails twice in a row is broken, not slow.
    retry: inCi ? 1 : 0,
  },
})
