import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../../src/store/engine/engine.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import type { Channel, FakeSlack, User } from '../support/fake-slack/index.ts'
import { customer } from './falling-portfolio.ts'
import type { Place, RoundsService } from './rounds-process.ts'
import { openWeakLine, type WeakLine } from './weak-line.ts'

/** Longer than a claim stands that is not renewed. */
const LAPSE = 10_000
/** What somebody waits for who presses or sends something. */
const PATIENCE = 4_000

export type Instance = {
  service: RoundsService
  /** As the service calls itself. */
  name: string
  readonly line: WeakLine
  readonly env: Record<string, string>
  isWell: boolean
}

/** A service that reaches its database by a line of its own. */
export async function startInstance(place: Place, more: Record<string, string>): Promise<Instance> {
  const line = await openWeakLine(place.databaseUrl)
  const env = { ...more, DATABASE_URL: line.url }
  return { ...(await up(place, env)), line, env, isWell: true }
}

async function up(place: Place, env: Record<string, string>) {
  const service = await place.serve(env)
  const { instance } = (await (await fetch(`${service.url}/readyz`)).json()) as { instance: string }
  return { service, name: instance.replace('service:', '') }
}

export type Harm = 'killed' | 'frozen' | 'cut off' | 'torn off' | 'forgotten'
export const HARMS: readonly Harm[] = ['killed', 'frozen', 'cut off', 'torn off', 'forgotten']

/** Does something to an instance; what it returns makes that good again, once others have taken over. */
export async function harm(place: Place, instance: Instance, how: Harm): Promise<() => Promise<void>> {
  const { service, line } = instance
  instance.isWell = false
  const well = () => {
    instance.isWell = true
  }
  switch (how) {
    case 'killed':
      await service.kill()
      return async () => {
        Object.assign(instance, await up(place, instance.env))
        well()
      }
    case 'frozen':
      void service.end('SIGSTOP')
      return async () => {
        await sleep(LAPSE)
        void service.end('SIGCONT')
        well()
      }
    case 'cut off':
      line.fallSilent()
      return async () => {
        await sleep(LAPSE)
        line.mend()
        well()
      }
    case 'forgotten':
      line.forget()
      return async () => {
        await sleep(LAPSE)
        well()
      }
    case 'torn off':
      line.break()
      return async () => {
        await sleep(randomInt(LAPSE))
        line.mend()
        well()
      }
  }
}

export type Acknowledged = {
  readonly signals: string[]
  readonly presses: { readonly account: string; readonly by: User }[]
  readonly questions: string[]
  /** What was not taken, and how often. */
  readonly refused: Map<string, number>
  slowest: number
}

/** People press and ask, and programs send, each time at another instance, until `isOver`. */
export async function lifeGoesOn(
  { slack, rooms, people, asker }: { slack: FakeSlack; rooms: Channel[]; people: User[]; asker: User },
  connection: Connection,
  instances: readonly Instance[],
  { claimable, still, isOver }: { claimable: number; still: readonly number[]; isOver: () => boolean },
): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { signals: [], presses: [], questions: [], refused: new Map(), slowest: 0 }
  const { refused } = acknowledged
  const note = (what: string) => refused.set(what, (refused.get(what) ?? 0) + 1)
  const made = { name: 'campaign', scopes: ['signals:write'] as const, now: Date.now(), randomBytes }
  const { token } = await createToken(connection.db, made)
  const open: Promise<unknown>[] = []

  const send = async ({ service }: Instance, n: number) => {
    const account_id = `account-${still[n % still.length]}`
    const row = { account_id, metric: 'active_users', value: 40, observed_at: new Date().toISOString(), id: `s-${n}` }
    const response = await fetch(`${service.url}/v1/signals`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify([row]),
    })
    if (response.ok) acknowledged.signals.push(row.id)
    else note(`signals ${response.status}`)
  }
  /** Resolves when it is acknowledged, or when nobody waits for it anymore; it may be acknowledged all the same. */
  const patiently = async (what: string, act: () => Promise<unknown>) => {
    const begun = Date.now()
    const done = act().then(
      () => {
        acknowledged.slowest = Math.max(acknowledged.slowest, Date.now() - begun)
      },
      error => note(`${what} ${error instanceof Error ? error.message.slice(0, 40) : error}`),
    )
    open.push(done)
    await Promise.race([done, sleep(PATIENCE)])
  }
  const press = async () => {
    const messages = rooms.flatMap(room => slack.messages(room)).filter(({ shown }) => shown.includes('nobody yet'))
    const message = messages[randomInt(Math.max(1, messages.length))]
    const account = /Customer (\d+)/.exec(message?.shown ?? '')?.[0]
    if (message === undefined || account === undefined || account >= customer(claimable)) return
    const by = people[randomInt(people.length)] as User
    const { status } = await slack.press(by, message, 'Claim')
    if (status === 200) acknowledged.presses.push({ account, by })
    else note(`press ${status}`)
  }
  const ask = async (n: number) => {
    const words = `/health ${customer(n % claimable)}`
    const { status } = await slack.command(asker, words, rooms[0] as Channel)
    if (status === 200) acknowledged.questions.push(words)
    else note(`question ${status}`)
  }

  for (let n = 0; !isOver(); n += 1) {
    const instance = instances[randomInt(instances.length)] as Instance
    slack.botAt(instance.service.url)
    const acts = [patiently('signals', () => send(instance, n))]
    if (n % 3 === 0) acts.push(patiently('press', press))
    if (n % 3 === 1) acts.push(patiently('question', () => ask(n)))
    await Promise.all(acts)
    await sleep(randomInt(100))
  }
  await Promise.race([Promise.all(open), sleep(30_000)])
  return acknowledged
}
