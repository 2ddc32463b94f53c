import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Context } from '../../src/context.ts'
import { DAY, HOUR, type Instant } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { checkModel } from '../../src/model/load.ts'
import { routesSchema } from '../../src/model/routes.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { saveChosenPlatforms } from '../../src/store/delivery/reach.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/migrate.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { announceAlerts } from '../../src/work/alerts/announce-alerts.ts'
import { escalateDue } from '../../src/work/escalation/escalate.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'

/**
 * Does it cry wolf? 200 accounts over 180 days whose scores wobble with autocorrelated noise, 20 of which truly decline,
 * lived through on a real database: signals in, the scoring of each morning, what it announces, and the escalation. Nobody
 * ever claims anything, so that every step is taken. The yardstick in the same run: one post for each crossing of a
 * band's line.
 */

const ACCOUNTS = 200
const DECLINING = 20
const DAYS = 180
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

const LADDER = [
  { after: '4h', to: 'owner' },
  { after: '16h', to: 'manager' },
]
const ROUTES = { routes: [{ to: ['slack:C01'], escalation: LADDER }], pulse_cadence: 'off' }

/** When the escalation is looked at: once a day, late in the working hours. */
const LADDER_LOOK = 11 * HOUR

/** `declinesOn` is the day on which the slide begins. */
type Account = { readonly series: readonly number[]; readonly declinesOn?: number }

export type NoiseResult = {
  /** One for each crossing. */
  readonly plain: number
  /** Of alerts, where nothing stood before. */
  readonly posts: number
  /** In the thread of such a post: a second alert of the account, and that one resolved itself. */
  readonly replies: number
  /** To whom the escalation leads, while nobody claims. */
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
    await live(connection, accounts)
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
async function live(connection: Connection, accounts: readonly Account[]): Promise<void> {
  const { model } = checkModel(MODEL)
  if (model === undefined) throw new Error('the model of the simulation is valid')
  let now: Instant = START
  const ids = [...Array(100_000).keys()].values()
  const newId = () => `id-${ids.next().value}`
  const settings = { ...loadSettings(undefined), model, routes: routesSchema.parse(ROUTES) }
  const context: Context = {
    connection,
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
  for (let day = 0; day < DAYS; day += 1) {
    const at = START + day * DAY
    await addSignals(connection, signalsOf(accounts, day, at))
    await scoreAccounts(connection, { model, routes: settings.routes, at, newId, accounts: 'all', purpose: 'slot' })
    now = at + 60_000
    await announceAlerts(context)
    now = at + LADDER_LOOK
    await escalateDue(context)
  }
}

async function populate(connection: Connection, accounts: readonly Account[]): Promise<void> {
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
function signalsOf(accounts: readonly Account[], day: number, at: Instant) {
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
  const messages = await db.selectFrom('outbox').select(['purpose', 'head']).execute()
  const count = (isSuch: (message: (typeof messages)[number]) => boolean) => messages.filter(isSuch).length
  const isStep = ({ purpose }: { purpose: string }) => purpose === 'step'
  const alerts = await db.selectFrom('alerts').select(['account', 'opened_at']).orderBy('opened_at').execute()
  const warnings = new Map<number, number[]>()
  for (const { account, opened_at } of alerts) {
    const day = Math.round((opened_at - START) / DAY)
    warnings.set(account - 1, [...(warnings.get(account - 1) ?? []), day])
  }
  const counts = {
    posts: count(message => message.head === null && !isStep(message)),
    replies: count(message => message.head !== null && !isStep(message)),
    steps: count(isStep),
  }
  return { warnings, counts }
}

/** A level of its own for each account, noise that remembers yesterday, and for some a slide of 55 points in 30 days. */
function population(seed: number): Account[] {
  const random = randomOf(seed)
  return Array.from({ length: ACCOUNTS }, (_, index) => {
    const declines = index < DECLINING
    const level = declines ? 72 + random() * 16 : 15 + random() * 80
    const begins = 60 + Math.floor(random() * 60)
    let noise = 0
    const series = Array.from({ length: DAYS }, (_, day) => {
      noise = 0.7 * noise + 3 * normal(random)
      const slide = declines ? 55 * Math.min(1, Math.max(0, (day - begins) / 30)) : 0
      return Math.min(100, Math.max(0, level - slide + noise))
    })
    return { series, ...(declines && { declinesOn: begins }) }
  })
}

/** The days on which the shown score lies in another band than the day before. */
function crossings(series: readonly number[]): number[] {
  return [...series.keys()].filter(day => day > 0 && bandOf(series[day]) !== bandOf(series[day - 1]))
}

function bandOf(score = 0): number {
  return [40, 70].filter(line => Math.round(score) >= line).length
}

function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed)
  return () => 1 - uniformFloat64(generator)
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}
