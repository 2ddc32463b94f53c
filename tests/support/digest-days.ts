import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { digestsSchema } from '../../src/model/digests.ts'
import { checkModel } from '../../src/model/load.ts'
import { loadSettings, type Settings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { isCustomerKey } from '../../src/store/accounts/customers.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { updateCustomers } from '../../src/work/accounts/update-customers.ts'
import { type BuiltDigest, buildDigest, enqueueDigest } from '../../src/work/digests/build-digest.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { migratedDatabase } from './migrated.ts'
import { onTheirDays } from './on-their-days.ts'

/** One measure whose reading is the score; what it takes to be healthy is the model's own. */
const MODEL = (line: number) => `
name: one
components:
  - {id: use, label: Use, weight: 1, measures: [{id: use, metric: use, take: latest, scale: {0: 0, 100: 100}}]}
settling: {dwell: 1, margin: 0}
bands:
  - {id: at_risk, label: At risk, role: at_risk, from: 0}
  - {id: attention, label: Attention, role: attention, from: ${line}}
  - {id: healthy, label: Healthy, role: healthy, from: ${line + 30}}
`

function settingsOf(line: number): Settings {
  const text = MODEL(line)
  const { model } = checkModel(text)
  if (model === undefined) throw new Error('the model is valid')
  const { digests } = digestsSchema.parse({ digests: [{ name: 'morning', schedule: '0 9 * * *', to: 'slack:C1' }] })
  return { ...loadSettings(undefined), model, modelText: text, digests }
}

const MODELS = [settingsOf(20), settingsOf(40), settingsOf(60)]

export type Told = { readonly model: number; readonly verdict: string; readonly expansionReady: boolean }

/** Days on a real database: accounts are used more or less, models change, digests go out or do not. */
export async function createDigestDays() {
  const connection = await migratedDatabase()
  const { db } = connection
  let now = Date.UTC(2026, 10, 2, 6)
  let model = 0
  let ids = 0
  const settings = (): Settings => MODELS[model] ?? settingsOf(20)
  const tick = () => {
    now += 60_000
  }
  const send = async (built: BuiltDigest, state: 'sent' | 'parked' | 'dead') => {
    await enqueueDigest(db, built, card => [card], now)
    const posted = state === 'sent' ? { message: 'm', channel: 'C1' } : {}
    await db
      .updateTable('outbox')
      .set({ state, ...posted })
      .where('state', '=', 'pending')
      .execute()
  }
  return {
    connection,
    settings,
    get now() {
      return now
    },
    async account(id: string) {
      await saveAccounts(db, [{ id, name: id, attributes: new Map() }], now)
    },
    async use(account: string, value: number, metric = 'use', ago = 0) {
      tick()
      const key = (await findAccountKeys(db, [account])).get(account)
      if (key === undefined) return
      const signal = { metric, value, observedAt: now - ago, receivedAt: now, id: '', source: 'test' }
      await addSignals(connection, [{ ...signal, account: key }])
    },
    /** What becomes known of it now, or was so since then; a number is a day so many days from now. */
    async know(account: string, { name, value }: { name: string; value: string | number | undefined }, ago: number) {
      tick()
      const written = typeof value === 'number' ? dayOf(now + value * DAY) : value
      const since = ago === 0 ? now : { from: now - ago }
      await saveAccounts(db, [{ id: account, attributes: new Map([[name, written]]) }], since)
    },
    wait(time: number) {
      now += time
    },
    /** The next minute. */
    next(): number {
      tick()
      return now
    },
    model(next: number) {
      model = next
    },
    async score(purpose: 'slot' | 'now') {
      if (purpose === 'slot') now = (Math.floor(now / DAY) + 1) * DAY + DAY / 4
      else tick()
      await scoreAccounts(connection, { ...settings(), at: now, newId: () => `id-${++ids}`, accounts: 'all', purpose })
    },
    async fill(days: number) {
      const slots = Array.from({ length: days }, (_, at) => Date.parse(dayOf(now - (days - at) * DAY)) + DAY / 4)
      await fillHistory(connection, settings().model, onTheirDays(slots))
    },
    async retire(account: string, isRetired: boolean) {
      tick()
      const lifecycle = isRetired ? 'churned' : 'active'
      await saveAccounts(db, [{ id: account, attributes: new Map([['lifecycle', lifecycle]]) }], now)
      await updateCustomers(db, settings().routes.customers, now)
    },
    /** Builds the digest of this moment; unless it is dry it lies in the outbox then, and becomes what is said. */
    async digest(outcome: 'sent' | 'parked' | 'dead' | 'dry') {
      tick()
      const [digest] = settings().digests
      if (digest === undefined) throw new Error('there is a digest')
      const built = await buildDigest(connection, settings(), digest, now)
      if (outcome !== 'dry') await send(built, outcome)
      return built
    },
    send,
    /** The channel is there again: what is still parked goes out. Says of which instants. */
    async openWay(): Promise<number[]> {
      const parked = await db
        .selectFrom('digest_runs')
        .innerJoin('outbox', 'outbox.id', 'digest_runs.message')
        .select('digest_runs.slot')
        .where('outbox.state', '=', 'parked')
        .execute()
      await db.updateTable('outbox').set({ state: 'sent', message: 'm' }).where('state', '=', 'parked').execute()
      return parked.map(({ slot }) => slot)
    },
    /** What people are told now, and by which model. */
    async told(): Promise<Map<string, Told>> {
      const rows = await db
        .selectFrom('current_status')
        .innerJoin('accounts', 'accounts.key', 'current_status.account')
        .select(['accounts.id', 'current_status.model', 'verdict', 'expansion_ready'])
        .where(isCustomerKey('accounts.key'))
        .execute()
      return new Map(
        rows.map(({ id, model, verdict, expansion_ready: ready }) => [
          id,
          { model, verdict, expansionReady: ready === 1 },
        ]),
      )
    },
    close: () => connection.close(),
  }
}
