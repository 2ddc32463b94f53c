import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import { DAY, HOUR, type Instant } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { digestsSchema } from '../../src/model/digests.ts'
import { checkModel } from '../../src/model/load.ts'
import { routesSchema } from '../../src/model/routes.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { claimAlert } from '../../src/store/alerts/alert-acts.ts'
import { unresolvedAlertDetails } from '../../src/store/alerts/alert-details.ts'
import { saveChosenPlatforms } from '../../src/store/destinations/reach.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import type { Db } from '../../src/store/tables.ts'
import { announceAlerts } from '../../src/work/alerts/announce-alerts.ts'
import { changeAlert } from '../../src/work/alerts/change-alert.ts'
import { buildDigest, enqueueDigest } from '../../src/work/digests/build-digest.ts'
import { escalateDue } from '../../src/work/escalation/escalate.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { bandOf, crossings, DAYS, population, randomOf, type WobblingAccount } from './noise-population.ts'

/**
 * Does it cry wolf? 200 accounts over 180 days whose scores wobble with autocorrelated noise, 20 of which truly decline,
 * lived through on a real database: signals in, the scoring of each morning, what it announces, a digest each working day,
 * people who claim, and the escalation. The yardstick in the same run: one post for each crossing of a band's line.
 */

const START = Date.UTC(2026, 0, 1, 6)

/** One measure whose reading is the score. */
const MODEL = `
name: noise
components:
  - {id: level, weight: 1, measures: [{id: level, metric: level, take: latest, over: 1d, scale: {0: 0, 100: 100}}]}
bands:
  - {id: at_risk, role: at_risk, from: 0}
  - {id: attention, role: attention, from: 40}
  - {id: healthy, role: healthy, from: 70}
`

const STEPS = [
  { after: '4h', to: 'owner' },
  { after: '16h', to: 'manager' },
]
const ROUTES = { routes: [{ to: ['slack:C01'], escalation: STEPS }], pulse_cadence: 'off' }

const DIGEST = { name: 'morning', schedule: '0 9 * * 1-5', to: 'slack:C01' }

/** When the escalation is looked at: once a day, late in the working hours. */
const ESCALATION_TICK = 11 * HOUR

/** Of the alerts that wait, so many are claimed on a working day before that; the rest escalates. */
const CLAIMED_A_DAY = 0.5

export type NoiseResult = {
  /** One for each crossing. */
  readonly plain: number
  /** Of alerts, where nothing stood before. */
  readonly posts: number
  /** In the thread of such a post: a second alert of the account, and that one resolved itself. */
  readonly replies: number
  readonly digests: number
  /** To whom the escalation leads, where nobody has claimed. */
  readonly steps: number
  /** True declines that nobody was warned of. */
  readonly missed: number
  /** Days from the crossing into risk to our warning, at worst. */
  readonly worstDelay: number
}

export async function simulateNoise(seed: number): Promise<NoiseResult> {
  const accounts = population(seed)
  const connection = openDatabase('sqlite::memory:')
  try {
    await live(connection, accounts, seed)
    const said = await whatWasSaid(connection)
    const delays = accounts.flatMap(({ series, declinesOn }, index) => {
      if (declinesOn === undefined) return []
      const crossed = crossings(series).find(day => day >= declinesOn && bandOf(series[day]) === 0)
      const warned = said.warnings.get(index)?.find(day => day >= declinesOn)
      return crossed === undefined ? [] : [warned === undefined ? Infinity : warned - crossed]
    })
    return {
      plain: accounts.reduce((sum, { series }) => sum + crossings(series).length, 0),
      ...said.counts,
      missed: delays.filter(delay => delay === Infinity).length,
      worstDelay: Math.max(...delays),
    }
  } finally {
    await connection.close()
  }
}

/** 180 mornings, as the service lives them. */
async function live(connection: Connection, accounts: readonly WobblingAccount[], seed: number): Promise<void> {
  const { model } = checkModel(MODEL)
  if (model === undefined) throw new Error('the model of the simulation is valid')
  let now: Instant = START
  const ids = [...Array(100_000).keys()].values()
  const newId = () => `id-${ids.next().value}`
  const settings = { ...loadSettings(undefined), model, routes: routesSchema.parse(ROUTES) }
  const context: Context = {
    connection,
    instance: 'test',
    clock: () => now,
    log: silentLog,
    newId,
    settings,
    platforms: [],
    chats: new Map(),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  }
  await populate(connection, accounts)
  const [digest] = digestsSchema.parse({ digests: [DIGEST] }).digests
  if (digest === undefined) throw new Error('the digest of the simulation is valid')
  const random = randomOf(seed + 1_000)
  for (let day = 0; day < DAYS; day += 1) {
    const at = START + day * DAY
    const isWorkingDay = ![0, 6].includes(new Date(at).getUTCDay())
    await addSignals(connection, signalsOf(accounts, day, at))
    await scoreAccounts(connection, { model, routes: settings.routes, at, newId, accounts: 'all', purpose: 'slot' })
    now = at + 60_000
    await announceAlerts(context)
    await deliver(connection, now)
    if (isWorkingDay) {
      now = at + 3 * HOUR
      const built = await buildDigest(connection, settings, digest, now)
      await enqueueDigest(connection.db, built, card => [card], now)
      await deliver(connection, now)
      now = at + 4 * HOUR
      await claimSome(context, random)
    }
    now = at + ESCALATION_TICK
    await escalateDue(context)
    await deliver(connection, now)
  }
}

/** Every message has arrived. */
async function deliver({ db }: Connection, now: Instant): Promise<void> {
  const sent = { state: 'sent', message: sql<string>`'m' || id`, channel: 'C01', sent_at: now }
  await db.updateTable('outbox').set(sent).where('message', 'is', null).execute()
}

/** Owners claim some of what waits; one claim takes all alerts of an account. */
async function claimSome(context: Context, random: () => number): Promise<void> {
  const { db } = context.connection
  for (const { id, state, about } of await unresolvedAlertDetails(db, context.clock())) {
    if (state !== 'open' || random() > CLAIMED_A_DAY) continue
    const by = about.owner ?? ''
    const caller = { email: by, name: by, role: 'csm', isKnown: true } as const
    const write = (db: Db) => claimAlert(db, id, by, context.clock())
    await changeAlert(context, caller, { act: 'alert.claim', id, write, joins: { by, from: undefined } })
  }
}

async function populate(connection: Connection, accounts: readonly WobblingAccount[]): Promise<void> {
  await migrate(connection)
  await saveChosenPlatforms(connection.db, ['slack'])
  const owner = (index: number) => `owner-${index % 10}@ours.example`
  const people = Array.from({ length: 10 }, (_, index) => ({
    email: owner(index),
    fields: new Map([['manager', 'head@ours.example']] as const),
  }))
  await savePeople(connection.db, people)
  const listed = accounts.map((_, index) => ({
    id: `account-${index}`,
    name: `Account ${index}`,
    attributes: new Map([['owner', owner(index)]]),
  }))
  await saveAccounts(connection.db, listed, START - DAY)
}

/** Account keys count from 1. */
function signalsOf(accounts: readonly WobblingAccount[], day: number, at: Instant) {
  const observed = { observedAt: at - HOUR, receivedAt: at - HOUR, id: '', source: 'nightly' }
  return accounts.map(({ series }, index) => ({
    account: index + 1,
    metric: 'level',
    value: series[day] ?? 0,
    ...observed,
  }))
}

/** Every message that left, by what it was; and on which days an account's alerts warned, by the account's index. */
async function whatWasSaid({ db }: Connection) {
  const messages = await db.selectFrom('outbox').select(['subject', 'purpose', 'head']).execute()
  const isStep = ({ purpose }: { purpose: string }) => purpose === 'step'
  const isDigest = ({ subject }: { subject: string }) => subject === 'digest'
  const alerts = await db.selectFrom('alerts').select(['account', 'opened_at']).orderBy('opened_at').execute()
  const warnings = new Map<number, number[]>()
  for (const { account, opened_at } of alerts) {
    const day = Math.round((opened_at - START) / DAY)
    warnings.set(account - 1, [...(warnings.get(account - 1) ?? []), day])
  }
  const ofAlerts = messages.filter(message => !isStep(message) && !isDigest(message))
  const counts = {
    posts: ofAlerts.filter(({ head }) => head === null).length,
    replies: ofAlerts.filter(({ head }) => head !== null).length,
    steps: messages.filter(isStep).length,
    digests: messages.filter(isDigest).length,
  }
  return { warnings, counts }
}
