import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from '../../src/chat/platform.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { parseInstant } from '../../src/domain/time/time-text.ts'
import { silentLog } from '../../src/log.ts'
import { platforms as registry } from '../../src/platforms.ts'
import { type Service, startService } from '../../src/service.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { planModel } from '../../src/work/scoring/plan-model.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { type Help, helpToScore } from '../../src/work/scoring/together/help-scoring.ts'
import { type FakeSlack, startFakeSlack } from './fake-slack/index.ts'
import { type FakeTeams, startFakeTeams } from './fake-teams/index.ts'
import { createTestDatabase } from './test-database.ts'

/**
 * The whole service on a real database and a fake Slack, with a clock of the test's own:
 *
 *   const world = await createWorld({ now: '2026-11-02T08:00', way: 'http', files: { 'digests.yaml': '...' } })
 *   await world.has({ people: [...], accounts: [...], signals: [...] })
 *   await world.start()
 *
 * With `platforms: ['slack', 'teams']` it is set up for both, and `world.teams` is a fake Teams.
 */
export async function createWorld({
  now,
  way = 'http',
  files = {},
  platforms = ['slack'],
  registered = registry,
  environment = {},
  startScoring,
  calendars,
}: WorldOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-'))
  const slack: FakeSlack = await startFakeSlack()
  const teams: FakeTeams | undefined = platforms.includes('teams') ? await startFakeTeams() : undefined
  const { url: databaseUrl, remove } = await createTestDatabase(folder)
  let instant = at(now)
  let ids = 0
  let service: Service | undefined
  const newId = () => `id-${++ids}-${instant}`
  writeSettings(files)

  function writeSettings(settings: Record<string, string>) {
    for (const [name, text] of Object.entries(settings)) writeFileSync(join(folder, name), text)
  }

  /** Scoring on the service's own connection: a second one on this thread would wait for the first in vain. */
  function scoringHere(_: string, connection: Connection) {
    return {
      score: async (run: Parameters<typeof score>[1]) => (await score(connection, run)).scored,
      help: (help: Help) => helpToScore(connection, { ...help, newId }),
      plan: (current: Model, next: Model, at: number) => planModel(connection, current, next, at),
      study: studyOn(connection),
      isSound: () => connection.engine.isSound(),
      stop: async () => {},
    }
  }
  const score = (connection: Connection, run: Omit<Parameters<typeof scoreAccounts>[1], 'newId'>) =>
    scoreAccounts(connection, { ...run, newId })

  return {
    slack,
    get teams(): FakeTeams {
      if (teams === undefined) throw new Error("create the world with platforms: ['teams']")
      return teams
    },
    folder,
    databaseUrl,
    writeSettings,
    get now() {
      return instant
    },
    passTo(time: string) {
      instant = at(time)
    },
    /** The service's own connection, while it runs. */
    get connection(): Connection {
      if (service === undefined) throw new Error('start the world first')
      return service.connection
    },
    get port(): number {
      return service?.port ?? 0
    },
    async start() {
      const env = {
        ...(platforms.includes('slack') && slack.env(way)),
        ...teams?.env(),
        ...environment,
        DATABASE_URL: databaseUrl,
        ROUNDS_CONFIG: folder,
        PORT: environment.PORT ?? '0',
      }
      service = await startService({
        env,
        platforms: registered,
        clock: () => instant,
        sharedClock: async (_, clock) => ({ clock, stop() {} }),
        newId,
        log: silentLog,
        startScoring: startScoring ?? scoringHere,
        ...(calendars !== undefined && { calendars }),
        operator: 'tester',
      })
      slack.botAt(`http://127.0.0.1:${service.port}`)
      teams?.botAt(`http://127.0.0.1:${service.port}`)
      return service
    },
    /** Looks at all that is due now, and gives when that is done: slots, alerts, escalation, reminders. */
    async tick() {
      await service?.tick()
    },
    /** Sends what may be sent now; gives at once. */
    wakeSender() {
      service?.wakeSender()
    },
    async stop() {
      await service?.stop()
      service = undefined
    },
    /** Puts data into the database, as imports would. */
    async has(data: WorldData) {
      if (service !== undefined) return fill(service.connection, data, instant)
      const connection = openDatabase(databaseUrl)
      await fill(connection, data, instant)
      await connection.close()
    },
    async close() {
      await service?.stop()
      await slack.stop()
      await teams?.stop()
      await remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>

type WorldOptions = {
  readonly now: string
  readonly way?: 'http' | 'socket'
  readonly files?: Record<string, string>
  /** Which platforms the service is set up for. */
  readonly platforms?: readonly ('slack' | 'teams')[]
  /** What else stands in the environment. */
  readonly environment?: Readonly<Record<string, string>>
  /** The platforms that there are at all. */
  readonly registered?: readonly Platform[]
  /** How calendars are fetched and read. */
  readonly calendars?: Parameters<typeof startService>[0]['calendars']
  /** Where accounts are scored; on this thread unless told otherwise. */
  readonly startScoring?: Parameters<typeof startService>[0]['startScoring']
}

type WorldPerson = {
  readonly email: string
  readonly name: string
  readonly role: string
  readonly manager?: string
  readonly time_zone?: string
  /** By platform. */
  readonly userIds?: Readonly<Record<string, string>>
}

type WorldData = {
  readonly people?: readonly WorldPerson[]
  readonly accounts?: readonly { id: string; name?: string; [attribute: string]: string | undefined }[]
  /** `acme active_users 14 2026-11-01`, one a line. */
  readonly signals?: readonly string[]
}

export function at(time: string): number {
  const instant = parseInstant(time)
  if (instant === undefined) throw new Error(`${time} is no time`)
  return instant
}

async function fill(connection: Connection, { people = [], accounts = [], signals = [] }: WorldData, now: number) {
  const { db } = connection
  await savePeople(
    db,
    people.map(({ email, userIds = {}, ...fields }) => ({
      email,
      fields: new Map(Object.entries(fields) as [keyof typeof fields, string | undefined][]),
      userIds: new Map(Object.entries(userIds)),
    })),
  )
  await saveAccounts(
    db,
    accounts.map(({ id, name = id, ...attributes }) => ({ id, name, attributes: new Map(Object.entries(attributes)) })),
    now,
  )
  const keys = new Map(
    (await db.selectFrom('accounts').select(['id', 'key']).execute()).map(({ id, key }) => [id, key]),
  )
  await addSignals(
    connection,
    signals.map(line => {
      const [account = '', metric = '', value = '', time = ''] = line.split(/\s+/)
      const key = keys.get(account)
      if (key === undefined) throw new Error(`no account ${account}`)
      const observedAt = at(time)
      return { account: key, metric, value: Number(value), observedAt, receivedAt: observedAt, id: '', source: 'test' }
    }),
  )
}
