import { spawnSync } from 'node:child_process'
import type { Cost } from './measure.ts'

/** The cost of a command that has to succeed. Its processor time is counted by the shell: node does not know its children's. */
export function costOfCommand(command: string, args: readonly string[], input?: string): Cost {
  const start = performance.now()
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', command, ...args], {
    ...(input !== undefined && { input }),
    encoding: 'utf8',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const wall = performance.now() - start
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  const [user = Number.NaN, system = Number.NaN] = (stderr.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { cpu: (user + system) * 1_000, wall }
}

export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
}
