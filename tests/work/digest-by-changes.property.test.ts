import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DigestNews, digestNews } from '../../src/domain/digests/digest.ts'
import type { DigestStatus } from '../../src/domain/digests/digest-account.ts'
import type { Snapshot } from '../../src/domain/digests/snapshot.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { type Digest, digestsSchema } from '../../src/model/digests.ts'
import { lastAnnouncedOrNone } from '../../src/store/digests/digest-runs.ts'
import { buildDigest } from '../../src/work/digests/build-digest.ts'
import { readDigest } from '../../src/work/digests/read-digest.ts'
import { createDigestDays, type Told } from '../support/digest-days.ts'
import { wholeDigest } from '../support/whole-digest.ts'

const { digests: DIGESTS } = digestsSchema.parse({
  digests: [
    { name: 'all', schedule: '0 9 * * *', to: 'slack:C1' },
    {
      name: 'large',
      schedule: '0 9 * * *',
      to: 'slack:C2',
      filter: {
        any: [{ attribute: 'segment', is: 'large' }, { not: { attribute: 'owner', is: 'dana@ours.example' } }],
      },
    },
    { name: 'weak', schedule: '0 9 * * *', to: 'slack:C3', filter: { band: 'at_risk' } },
  ],
})

const account = fc.constantFrom('acme', 'globex', 'hooli')
const outcome = fc.constantFrom<'sent' | 'parked' | 'dead' | 'dry'>('sent', 'sent', 'sent', 'parked', 'dead', 'dry')
const attribute = fc.oneof(
  fc.record({ name: fc.constant('segment'), value: fc.constantFrom('large', 'small', undefined) }),
  fc.record({ name: fc.constant('owner'), value: fc.constantFrom('dana@ours.example', 'ed@ours.example', undefined) }),
  fc.record({ name: fc.constant('renewal_on'), value: fc.constantFrom(-1, 2, 40, 89, 91, 92, undefined) }),
)

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('day' as const), account, value: fc.constantFrom(5, 30, 45, 65, 95) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('score' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('model' as const), to: fc.nat(2) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('digest' as const),
      digest: fc.constantFrom(...DIGESTS),
      outcome,
      late: fc.constantFrom(0, 0, 0, 1, 3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('attribute' as const),
      account,
      attribute,
      ago: fc.constantFrom(0, 0, 0, 1, 20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('event' as const),
      account,
      metric: fc.constantFrom('pulse', 'meeting', 'complaints'),
      ago: fc.constantFrom(0, 0, 2, 29),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 31 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('open' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('retire' as const), account, isRetired: fc.boolean() }) },
)

it('whatever happens, a digest made of what changed says what one that looks at every account would say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async steps => {
      const days = await createDigestDays()
      const snapshots = new Map<string, Snapshot>()
      const trace: Trace[number][] = []
      try {
        await days.account('acme')
        await days.account('globex')
        for (const next of steps) {
          if (next.act === 'day') {
            await days.account(next.account)
            await days.use(next.account, next.value)
            await days.score('slot')
          } else if (next.act === 'score') await days.score('now')
          else if (next.act === 'model') {
            days.model(next.to)
            await days.score('now')
          } else if (next.act === 'wait') days.wait(next.days * DAY)
          else if (next.act === 'open') await days.openWay()
          else if (next.act === 'retire') await days.retire(next.account, next.isRetired)
          else if (next.act === 'event') await days.use(next.account, 3, next.metric, next.ago * DAY)
          else if (next.act === 'attribute') await days.know(next.account, next.attribute, next.ago * DAY)
          else await compare(days, trace, snapshots, next)
          trace.push({ at: days.now, told: await days.told() })
        }
      } finally {
        await days.close()
      }
    }),
    { numRuns: 40 },
  )
}, 600_000)

type Days = Awaited<ReturnType<typeof createDigestDays>>
type Trace = readonly { readonly at: number; readonly told: ReadonlyMap<string, Told> }[]
type Sent = { readonly digest: Digest; readonly outcome: 'sent' | 'parked' | 'dead' | 'dry'; readonly late: number }

async function compare(days: Days, trace: Trace, snapshots: Map<string, Snapshot>, { digest, outcome, late }: Sent) {
  const at = days.next() - late * 60_000
  const last = await lastAnnouncedOrNone(days.connection.db, digest.name, digest.to, at)
  const heard = last && snapshots.get(`${digest.name}:${last.slot}`)
  const told = trace.findLast(then => then.at <= at)?.told ?? new Map()
  const whole = await wholeDigest(days.connection, days.settings(), digest, { at, told }, heard)
  const { version, accounts, total, heard: known } = await readDigest(days.connection, days.settings(), digest, at)

  expect(inWords(digestNews(accounts, { model: version, at }, known, total))).toEqual(inWords(whole.news))
  if (outcome === 'dry' || snapshots.has(`${digest.name}:${at}`)) return
  snapshots.set(`${digest.name}:${at}`, whole.announces)
  await days.send(await buildDigest(days.connection, days.settings(), digest, at), outcome)
}

function inWords({ sections, ...counts }: DigestNews<DigestStatus>) {
  const items = sections.map(({ kind, items, more }) => [
    kind,
    ...items.map(({ account, from, alert }) => [account.id, account.verdict, from, alert?.id]),
    more,
  ])
  return { items, ...counts }
}
