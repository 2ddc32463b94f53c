import { createServer } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import express from 'express'
import { readTeamsConfig } from '../../../adapters/teams/config.ts'
import { createTeams } from '../../../adapters/teams/index.ts'
import type { AddressBook, Door } from '../../../src/chat/port.ts'
import type { Log } from '../../../src/log.ts'
import { activity } from '../../support/fake-teams/activities.ts'
import { startFakeTeams, type User } from '../../support/fake-teams/index.ts'
import type { Thing } from '../../support/thing.ts'

export const SERVICE_URL = 'https://smba.trafficmanager.net/emea/'

export type GuardedBot = Awaited<ReturnType<typeof startGuardedBot>>

/**
 * The real adapter as it stands in the world, without any development flag: only the keys that requests are signed
 * with are the fake's own. It notes all that gets through to the door, and every host that anything is sent to.
 */
export async function startGuardedBot(env: Readonly<Record<string, string>> = {}) {
  const teams = await startFakeTeams()
  const { TEAMS_DEVELOPMENT: _, HOST: __, ...asInTheWorld } = teams.env()
  const config = readTeamsConfig({ ...asInTheWorld, ...env })
  if (config === undefined || 'problems' in config) throw new Error(`No configuration: ${JSON.stringify(config)}`)
  const { door, asked, turnedAway } = countingDoor()
  const { addresses, kept, stored } = countingBook()
  const log = linesOf()
  const app = express()
  const adapter = createTeams({ config, door, app, log, addresses })
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  teams.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const hosts = watchedHosts()
  const dana = teams.addUser('Dana')

  return {
    teams,
    adapter,
    asked,
    turnedAway,
    kept,
    stored,
    log,
    dana,
    /** Hosts that were connected to, this machine left out. */
    get foreignHosts() {
      return hosts.seen.filter(host => !isHere(host))
    },
    /** A press, which is answered at once, in the answer to the request itself. */
    press: (serviceUrl: string = SERVICE_URL, more: Thing = {}, user: User = dana): Thing =>
      activity(
        { tenant: teams.tenant, serviceUrl },
        user,
        {},
        {
          type: 'invoke',
          name: 'adaptiveCard/action',
          replyToId: '1',
          value: { action: { type: 'Action.Execute', verb: 'claim', data: { value: 'acme' } }, trigger: 'manual' },
          ...more,
        },
      ),
    async stop() {
      hosts.stop()
      await adapter.stop()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await teams.stop()
    },
  }
}

function countingDoor() {
  const asked: string[] = []
  const turnedAway: string[] = []
  const parts = [{ kind: 'text', text: 'Acme is yours.' }] as const
  const reply = { kind: 'card', audience: 'caller', card: { title: 'Yours', summary: 'Yours', parts } } as const
  const noted = <T>(what: string, answer: T) => {
    return async () => {
      asked.push(what)
      return answer
    }
  }
  const door: Door = {
    ask: noted('ask', reply),
    press: noted('press', reply),
    shortcut: noted('shortcut', reply),
    unfurl: noted('unfurl', []),
    suggest: noted('suggest', { options: [] }),
    turnedAway: async ({ knock }) => void turnedAway.push(knock),
    welcome: noted('welcome', reply),
    home: noted('home', reply.card),
    submit: noted('submit', reply),
  }
  return { door, asked, turnedAway }
}

function countingBook() {
  const kept: string[] = []
  const stored = new Map<string, string>()
  const addresses: AddressBook = {
    find: async id => stored.get(id),
    keep: async id => {
      kept.push(id)
    },
    userOf: async () => undefined,
  }
  return { addresses, kept, stored }
}

/** Every connection of this process goes through here, whichever library opens it; none leaves this machine. */
function watchedHosts() {
  const seen: string[] = []
  const before = Socket.prototype.connect
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [first] = given.flat()
    const host = typeof first === 'object' && first !== null && 'host' in first ? first.host : undefined
    seen.push(String(host ?? 'localhost'))
    if (isHere(seen.at(-1) ?? '')) return Reflect.apply(before, this, given)
    process.nextTick(() => this.destroy(Object.assign(new Error('No network in tests'), { code: 'ECONNREFUSED' })))
    return this
  }
  const stop = () => {
    Socket.prototype.connect = before
  }
  return { seen, stop }
}

function isHere(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|::1)$/.test(host)
}

function linesOf(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const write = (data: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(data)}`)
  }
  return { lines, debug: write, info: write, warn: write, error: write }
}
