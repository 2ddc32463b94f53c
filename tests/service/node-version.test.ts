import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { whyNotOn } from '../../node-version.mjs'
import manifest from '../../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a program of Rounds as if its Node were another one. */
async function runOn(version: string, file: string, env: Record<string, string> = {}) {
  const lie = `data:text/javascript,Object.defineProperty(process, 'version', { value: '${version}' })`
  const running = promisify(execFile)(process.execPath, ['--import', lie, file, '--help'], { cwd: root, env })
  return running.then(
    ({ stderr }) => ({ exit: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ exit: code, stderr }),
  )
}

describe('a Node that is too old', () => {
  it.each(['dist/main.js', 'dist/cli.js', 'bin/rounds.mjs', 'build.mjs'])(
    'is refused by %s in one sentence, before anything can crash on it',
    async file => {
      const { exit, stderr } = await runOn('v20.20.2', file)

      expect(exit).toBe(1)
      expect(stderr).toMatch(/^Rounds needs Node 22\.12 or newer, and this is v20\.20\.2: .*\n$/)
    },
  )

  it.each(['v18.20.0', 'v20.20.2', 'v21.7.3', 'v22.11.0'])('is %s', version => {
    expect(whyNotOn(version)).toContain(`this is ${version}`)
  })

  it.each(['v22.12.0', 'v22.23.3', 'v24.0.0', 'v26.1.0'])('is not %s', version => {
    expect(whyNotOn(version)).toBeUndefined()
  })

  it('is older than package.json allows', () => {
    const floor = manifest.engines.node.replace('>=', '')

    expect(whyNotOn(`v${floor}.0`)).toBeUndefined()
    expect(whyNotOn('v20.0.0')).toContain(floor)
  })
})

describe('ROUNDS_NODE', () => {
  it('refuses another major version than the one that a run is meant to prove', async () => {
    const { exit, stderr } = await runOn('v24.21.0', 'dist/cli.js', { ROUNDS_NODE: '22' })

    expect([exit, stderr]).toEqual([1, 'ROUNDS_NODE asks for Node 22, and this is v24.21.0.\n'])
  })

  it.each([
    ['v22.23.3', '22'],
    ['v22.23.3', 'v22.12'],
    ['v24.21.0', ''],
    ['v24.21.0', undefined],
  ])('lets %s pass when it is %j', (version, asked) => {
    expect(whyNotOn(version, asked)).toBeUndefined()
  })
})
