import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { type Channel, type FakeSlack, startFakeSlack, type User } from '../support/fake-slack/index.ts'
import { createPostgres } from '../support/test-database.ts'
import { type Acknowledged, HARMS, harm, type Instance, lifeGoesOn, startInstance } from './campaign.ts'
import { FALLING_MODEL, portfolioFalls } from './falling-portfolio.ts'
import { createPlace, type Place } from './rounds-process.ts'

const HARM_COUNT = Number(process.env.ROUNDS_HARMS ?? 10)
const [FALLING, STILL, ROOMS] = [40, 10, 8]
const TWICE = 'appear here twice'
/** What somebody is told whose press came to nothing, since its instance could not reach the database. */
const NOT_DONE = /That did not work|That may not have worked/
const FAULTS = ['drop', 'hang', { status: 503 }, { status: 429, retryAfter: 2 }] as const

/** Built services on one PostgreSQL, killed, frozen and cut off from it one after the other, and a Slack with faults. */
describe.runIf(process.env.ROUNDS_LONG).each([
  ['two instances', ['http', 'http']],
  ['three instances', ['http', 'http', 'http']],
  ['one instance in Socket Mode and one over HTTP', ['socket', 'http']],
] as const)(`%s, harmed ${HARM_COUNT} times`, (_, ways) => {
  let place: Place
  let slack: FakeSlack
  let posts: Channel[]
  let steps: Channel[]
  let morning: Channel
  let people: User[]
  let asker: User
  let connection: Connection
  let remove: () => Promise<void>
  let acknowledged: Acknowledged
  const instances: Instance[] = []
  const gone: string[] = []
  let faults = 0
  /** Messages that were being sent by an instance when something happened to it. */
  let inFlight = 0

  beforeAll(
    async () => {
      const database = await createPostgres()
      remove = database.remove
      slack = await startFakeSlack()
      const channels = (name: string) => Array.from({ length: ROOMS }, (_, at) => slack.addChannel(`${name}-${at}`))
      posts = channels('posts')
      steps = channels('steps')
      morning = slack.addChannel('morning')
      people = ['Dana', 'Eve', 'Bob'].map(name => slack.addUser(name))
      asker = slack.addUser('Ann')
      place = createPlace(
        { 'model.yaml': FALLING_MODEL, 'routes.yaml': routes(), 'digests.yaml': digests() },
        database.url,
      )
      connection = place.open()
      const rows = [...people, asker].map(({ email }) => ({ email, fields: new Map([['role', 'csm']] as const) }))
      await savePeople(connection.db, rows)
      await portfolioFalls(connection, FALLING, STILL, ROOMS)
      for (const way of ways) instances.push(await startInstance(place, slack.env(way)))
      await campaign()
      await vi.waitFor(async () => expect(await outstanding()).toEqual([]), { timeout: 240_000, interval: 500 })
    },
    500_000 + HARM_COUNT * 60_000,
  )

  afterAll(async () => {
    await connection.close()
    await place.close()
    for (const { line } of instances) await line.close()
    await slack.stop()
    await remove()
  })

  it('post every alert and every escalation, each at most once without a mark', async () => {
    const alerts = await connection.db.selectFrom('alerts').select(['id', 'pending_news']).execute()
    const rows = await outbox()

    expect(alerts).toHaveLength(2 * FALLING)
    expect(alerts.filter(({ pending_news }) => pending_news !== null)).toEqual([])
    expect(rows.filter(({ purpose }) => purpose === 'opened')).toHaveLength(FALLING)
    expect(rows.filter(({ purpose }) => purpose === 'step').length).toBeGreaterThanOrEqual(FALLING / 2)
    for (const room of [...posts, ...steps, morning]) {
      const mine = rows.filter(({ to_channel }) => to_channel === room.id)
      const said = posted(room)
      expect(said.length).toBeGreaterThanOrEqual(mine.length)
      expect(said.filter(({ isMarked }) => !isMarked).length).toBeLessThanOrEqual(mine.length)
    }
    for (const room of posts) {
      const unmarked = posted(room).filter(({ isMarked }) => !isMarked)
      expect(new Set(unmarked.map(({ about }) => about)).size).toBe(unmarked.length)
    }
  })

  it('repeat at most what was in flight, and mark it', () => {
    const all = [...posts, ...steps, morning].flatMap(posted)
    expect(all.filter(({ isMarked }) => isMarked).length).toBeLessThanOrEqual(inFlight + faults)
  })

  // Each channel sends at its own pace: one with a long queue may show its post later than another shows the escalation.
  it('escalate no alert before its post is on its way', async () => {
    const rows = await outbox()
    const postOf = new Map(rows.filter(({ purpose }) => purpose === 'opened').map(row => [row.subject_id, row.id]))
    const early = rows.filter(({ id, purpose, subject_id }) => purpose === 'step' && id < (postOf.get(subject_id) ?? 0))
    expect(early).toEqual([])
  })

  it('run each slot of a digest once', async () => {
    const runs = await connection.db.selectFrom('digest_runs').select(['digest', 'slot']).execute()
    const slots = await connection.db.selectFrom('slots').select(['schedule', 'slot', 'state']).execute()

    expect(runs.length).toBeGreaterThan(0)
    expect(new Set(runs.map(({ digest, slot }) => `${digest} ${slot}`)).size).toBe(runs.length)
    expect(slots.filter(({ state }) => !['done', 'skipped'].includes(state))).toEqual([])
  })

  it('lose no signal and no press that was acknowledged, and answer every question', async () => {
    const kept = await connection.db.selectFrom('signals').select('id').where('id', 'like', 's-%').execute()
    const ids = new Set(kept.map(({ id }) => id))
    expect(acknowledged.signals.filter(id => !ids.has(id))).toEqual([])

    const open = await connection.db
      .selectFrom('alerts')
      .innerJoin('accounts', 'accounts.key', 'alerts.account')
      .select('name')
      .where('state', '=', 'open')
      .execute()
    const unclaimed = new Set(open.map(({ name }) => name))
    for (const person of people) {
      const undone = acknowledged.presses.filter(({ account, by }) => by === person && unclaimed.has(account))
      const told = [...slack.ephemerals(person), ...slack.dms(person)].filter(({ shown }) => NOT_DONE.test(shown))
      expect(undone.length).toBeLessThanOrEqual(told.length)
    }

    const answers = slack.ephemerals(asker).length + slack.dms(asker).length
    expect(answers).toBeGreaterThanOrEqual(acknowledged.questions.length)
    const waiting = connection.db.selectFrom('handled_deliveries').select('kind').where('request', 'is not', null)
    expect(await waiting.execute()).toEqual([])
  })

  it('give each alert one claimer, and keep the audit log whole', async () => {
    const claims = (await readAudit(connection.db, {})).filter(({ act }) => act === 'alert.claim')
    expect(claims.length).toBeGreaterThan(5)
    expect(new Set(claims.map(({ subject }) => subject)).size).toBe(claims.length)
    const { brokenLine, lines, head } = await checkAudit(connection.db)
    expect(brokenLine).toBeUndefined()
    expect(lines).toBe(head.lines)
  })

  it('name those that are gone', async () => {
    const stdout = await vi.waitFor(
      async () => {
        const { stdout } = await place.command('doctor')
        for (const name of gone) expect(stdout).toContain(`${name} went away without a word`)
        return stdout
      },
      { timeout: 60_000, interval: 1_000 },
    )
    for (const { name } of instances) expect(stdout).not.toContain(`${name} went away`)
  })

  async function campaign() {
    let isOver = false
    const still = Array.from({ length: STILL }, (_, at) => FALLING + at)
    const stage = { slack, rooms: posts, people, asker }
    const life = lifeGoesOn(stage, connection, instances, { claimable: FALLING / 2, still, isOver: () => isOver })
    for (let n = 0; n < HARM_COUNT; n += 1) {
      const how = HARMS[(n + randomInt(2)) % HARMS.length] as (typeof HARMS)[number]
      const instance = instances[randomInt(instances.length)] as Instance
      const fault = FAULTS[n % FAULTS.length] as (typeof FAULTS)[number]
      slack.fail('chat.postMessage', fault)
      faults += 1
      await sleep(randomInt(3_000))
      const { name } = instance
      const makeGood = await harm(place, instance, how)
      if (how === 'killed') gone.push(name)
      const sending = await connection.db.selectFrom('outbox').select('id').where('state', '=', 'sending').execute()
      inFlight += sending.length
      await makeGood()
      await sleep(1_000)
    }
    // Until the last escalations are due.
    await sleep(70_000 - Math.min(70_000, HARM_COUNT * 6_000))
    isOver = true
    acknowledged = await life
    slack.mend()
    report()
  }

  function posted({ id }: Channel) {
    return slack.calls
      .filter(({ method, args, answer }) => method === 'chat.postMessage' && answer.ok && args.channel === id)
      .map(({ args, answer }) => {
        const text = JSON.stringify(args)
        return { isMarked: text.includes(TWICE), about: /Customer \d+/.exec(text)?.[0] ?? '', ts: String(answer.ts) }
      })
  }

  const outbox = () =>
    connection.db
      .selectFrom('outbox')
      .select(['id', 'subject_id', 'purpose', 'to_channel', 'message', 'state', 'version', 'shown_version'])
      .orderBy('id')
      .execute()

  async function outstanding() {
    // A digest that could not go out within its minute is covered by the next.
    const isCovered = (row: { to_channel: string; state: string }) =>
      row.to_channel === morning.id && row.state === 'dead'
    const unsent = (await outbox()).filter(
      row => !isCovered(row) && (row.state !== 'sent' || row.version !== row.shown_version),
    )
    const unheard = await connection.db
      .selectFrom('alerts')
      .select('id')
      .where(({ eb, or, and }) =>
        or([eb('pending_news', 'is not', null), and([eb('state', '=', 'open'), eb('escalation_step', '=', 0)])]),
      )
      .execute()
    const waiting = connection.db.selectFrom('handled_deliveries').select('kind').where('request', 'is not', null)
    return [...unsent.map(({ id, state }) => ({ id, state })), ...unheard, ...(await waiting.execute())]
  }

  function routes() {
    const hours = 'business_hours: {days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "23:59"}'
    const route = ({ id }: Channel, n: number) =>
      `  - {when: {attribute: segment, is: "${n}"}, to: ["slack:${id}"], escalation: [{after: 1m, to: "slack:${steps[n]?.id}"}]}`
    return [hours, 'storm: {alerts: 100000, share: 1}', 'routes:', ...posts.map(route)].join('\n')
  }

  function digests() {
    return `digests: [{name: minutely, schedule: "* * * * *", to: "slack:${morning.id}"}]`
  }

  function report() {
    const { signals, presses, questions, refused, slowest } = acknowledged
    console.info(
      `${ways.join(' + ')}: ${HARM_COUNT} harms, ${faults} faults of Slack; ${signals.length} signals, ${presses.length} presses, ` +
        `${questions.length} questions acknowledged, the slowest after ${slowest} ms; not taken: ` +
        `${[...refused].map(([what, times]) => `${what} ${times}`).join(', ')}; in flight ${inFlight}, ` +
        `marked ${[...posts, ...steps, morning].flatMap(posted).filter(({ isMarked }) => isMarked).length}`,
    )
  }
})
