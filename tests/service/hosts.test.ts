import { execFile, execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeSlack } from '../support/fake-slack/index.ts'
import { lately, placeWithPortfolio } from './portfolio-files.ts'
import type { Place } from './rounds-process.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

let place: Place

beforeEach(async () => {
  place = await placeWithPortfolio(lately())
})

afterEach(() => place.close())

/** The hosts in the table of docs/security.md: those that are talked to, and those that are only written somewhere. */
const section = (read('docs/security.md').split('## Hosts')[1] ?? '').split('\n## ')[0] ?? ''
const LISTED = [...section.matchAll(/`([a-z0-9*-]+(?:\.[a-z0-9-]+)+)`/g)].map(([, host]) => host)

it('every host that is written in the sources is in the list of docs/security.md', () => {
  const files = globSync('{src,adapters}/**/*.{ts,mjs,json,yaml}', { cwd: root })
  const hosts = files.flatMap(file => [...read(file).matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]+\.[a-z]{2,})/gi)])

  const unlisted = new Set(hosts.map(([, host]) => host).filter(host => !LISTED.includes(host)))

  expect(LISTED).toContain('slack.com')
  expect([...unlisted]).toEqual([])
})

/** Written into the process before Rounds begins: says each address that is asked for a connection. */
const LISTEN_IN = `--import=data:text/javascript,${encodeURIComponent(`
  import net from 'node:net'
  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function (...given) {
    const [options] = Array.isArray(given[0]) ? given[0] : given
    process.stderr.write('CONNECTS ' + (options?.host ?? options?.path ?? given[1] ?? 'localhost') + String.fromCharCode(10))
    return connect.apply(this, given)
  }`)}`

it('a service that is up, scores and posts connects to its platform and to nobody else', async () => {
  const slack = await startFakeSlack()
  const room = slack.addChannel('cs')
  place.write('digests.yaml', `digests: [{name: now, schedule: "0 0 1 1 *", to: "slack:${room.id}"}]`)
  const service = await place.serve({ ...slack.env('http'), NODE_OPTIONS: LISTEN_IN })

  await place.command('score')
  const { env } = place
  await promisify(execFile)(process.execPath, [place.cli, 'digest', 'now'], {
    cwd: place.folder,
    env: { ...env, ...slack.env('http'), NODE_OPTIONS: LISTEN_IN },
  })

  const hosts = [...service.log().matchAll(/^CONNECTS (.*)$/gm)].map(([, host]) => host)
  expect(slack.messages(room).length).toBeGreaterThan(0)
  expect(hosts.length).toBeGreaterThan(0)
  expect([...new Set(hosts)]).toEqual(['127.0.0.1'])
  await slack.stop()
}, 60_000)

const WITHOUT_NETWORK = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'] as const

describe.skipIf(!canUnshare())(
  'in a network namespace of its own, where no host can be reached (skipped where there are none)',
  () => {
    it.each([
      ['the demo', ['demo', '--db', 'sqlite:./offline.db']],
      ['an import', ['import', 'accounts', 'accounts.csv', '--json']],
      ['a scoring', ['score', '--json']],
      ['a list', ['list', '--json']],
      ['a backup', ['backup', 'offline-backup.db']],
    ])('%s works as ever', async (_, words) => {
      place.write('accounts.csv', 'id,name\nacme,Acme\n')
      const [command, ...before] = WITHOUT_NETWORK
      const running = promisify(execFile)(command, [...before, process.execPath, place.cli, ...words], {
        cwd: place.folder,
        env: place.env,
      })

      const { stdout, stderr } = await running

      expect(stdout).not.toBe('')
      expect(stderr).not.toMatch(/ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED/)
    })
  },
)

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' })
    return true
  } catch {
    process.stdout.write('No network namespaces here: what is tried without a network is skipped.\n')
    return false
  }
}
