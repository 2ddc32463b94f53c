import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { takeServiceLock } from '../../src/store/engine/engines.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createPlace, type Place } from './rounds-process.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

let place: Place

beforeEach(() => {
  place = createPlace({ 'model.yaml': SMALL_MODEL })
})

afterEach(() => place.close())

describe('a service that a supervisor knows by its own process', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends in good order on %s, with exit 0', async signal => {
    const service = await place.serve()

    expect(await service.end(signal)).toBe(0)
    expect(service.log()).toContain('Rounds is down')
  })
})

/** Each signal goes to npm alone, as a supervisor sends it, and not to the group, as a terminal does. */
const BY_NPM: readonly [NodeJS.Signals, string][] = [
  ['SIGTERM', 'npm start'],
  ['SIGHUP', 'npm start'],
  ['SIGKILL', 'npm start'],
  ['SIGTERM', 'npm run rounds -- serve'],
  ['SIGHUP', 'npx --no rounds serve'],
]
/** Each is one of those above in another pair: npm itself takes seconds to start. */
const IN_A_LONG_RUN: typeof BY_NPM = [
  ['SIGINT', 'npm start'],
  ['SIGHUP', 'npm run rounds -- serve'],
  ['SIGTERM', 'npx --no rounds serve'],
]

describe('a service that a supervisor knows as npm', () => {
  it.each([...BY_NPM, ...(process.env.ROUNDS_LONG ? IN_A_LONG_RUN : [])])(
    'ends in good order on %s to `%s`, and leaves no orphan with the port and the lock',
    async (signal, command) => {
      const { npm, log } = startUnderNpm(command)
      await vi.waitFor(() => expect(log()).toContain('Rounds is up'), { timeout: 30_000, interval: 50 })

      npm.kill(signal)

      await vi.waitFor(() => expect(log()).toContain('Rounds is down'), { timeout: 30_000, interval: 50 })
      await vi.waitFor(async () => expect(await isFree()).toBe(true), { timeout: 30_000, interval: 50 })
    },
  )
})

function startUnderNpm(written: string): { npm: ChildProcess; log: () => string } {
  const [command = '', ...words] = written.split(' ')
  const env = { ...place.env, HOME: process.env.HOME ?? '' }
  const npm = spawn(command, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  npm.stderr?.setEncoding('utf8').on('data', text => {
    log += text
  })
  return { npm, log: () => log }
}

async function isFree(): Promise<boolean> {
  const lock = await takeServiceLock(place.databaseUrl)
  await lock?.release()
  return lock !== undefined
}
