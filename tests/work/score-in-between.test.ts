import { expect, it } from 'vitest'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import { readHistory } from '../../src/store/scoring/history.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { DAY, type OracleWorld, type RawModel } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'

const D1 = Date.UTC(2026, 10, 1, 6)
const H = DAY / 24
const model = (dwell = 2, points = 15): RawModel => ({
  name: 'x',
  components: [{ id: 'c', weight: 1, measures: [{ id: 'm', metric: 'm', take: 'latest', scale: { 0: 0, 100: 100 } }] }],
  bands: [
    { id: 'at_risk', role: 'at_risk', from: 0 },
    { id: 'attention', role: 'attention', from: 40 },
    { id: 'healthy', role: 'healthy', from: 70 },
  ],
  settling: { dwell, margin: 5, sharp_drop: { points, over: '30d' } },
  alerts: [],
})
const world = (m: RawModel, list: [number, number][]): OracleWorld => ({
  model: m,
  account: { id: 'a', name: 'A' },
  attributes: [],
  signals: list.map(([at, value]) => ({ metric: 'm', value, observedAt: at, receivedAt: at, id: '' })),
})
const run = (
  m: RawModel,
  at: number,
  purpose: 'now' | 'slot' = at % DAY === D1 % DAY ? 'slot' : 'now',
  accounts: 'all' | 'due' = 'all',
) => ({
  model: compiled(m),
  at,
  newId: () => `${Math.random()}`,
  accounts,
  purpose,
})

it('lets a number of the past change nothing of what was told', async () => {
  const m = model()
  await inDatabase([world(m, [[D1 - H, 80]])], async (c, [a]) => {
    const key = a?.key ?? 0
    await scoreAccounts(c, run(m, D1))
    await scoreAccounts(c, run(m, D1 + DAY))
    expect(await announcedStatusOf(c.db, key, D1 + H)).toMatchObject({ verdict: 'healthy' })
    await scoreAccounts(c, run(m, D1 + 6 * H))
    expect(await announcedStatusOf(c.db, key, D1 + H)).toMatchObject({ verdict: 'healthy' })
  })
})
it('does not count a number of the past as a scheduled scoring', async () => {
  const m = model(2, 100)
  await inDatabase(
    [
      world(m, [
        [D1 - H, 72],
        [D1 + 5 * H, 60],
        [D1 + 12 * H, 72],
        [D1 + 5 * H + DAY, 60],
      ]),
    ],
    async (c, [_a]) => {
      // 72, 72 on schedule; D2 at noon it is 60, and on D3 too
      await scoreAccounts(c, run(m, D1))
      await scoreAccounts(c, run(m, D1 + DAY))
      await scoreAccounts(c, run(m, D1 + DAY - 12 * H))
      await scoreAccounts(c, run(m, D1 + 2 * DAY))
    },
  )
  const m3 = model(3, 100)
  await inDatabase(
    [
      world(m3, [
        [D1 - H, 72],
        [D1 + 5 * H, 60],
        [D1 + 12 * H, 60],
      ]),
    ],
    async (c, [a]) => {
      const key = a?.key ?? 0
      await scoreAccounts(c, run(m3, D1))
      await scoreAccounts(c, run(m3, D1 + DAY))
      await scoreAccounts(c, run(m3, D1 + 6 * H))
      await scoreAccounts(c, run(m3, D1 + 2 * DAY))
      expect(await announcedStatusOf(c.db, key, D1 + 2 * DAY)).toMatchObject({ verdict: 'healthy' })
    },
  )
})
it('settles nothing by news that come before the slot', async () => {
  const m = model(2, 100)
  await inDatabase(
    [
      world(m, [
        [D1 - H, 72],
        [D1 + DAY - H, 65],
      ]),
    ],
    async (c, [a]) => {
      const key = a?.key ?? 0
      await scoreAccounts(c, run(m, D1, 'slot'))
      await scoreAccounts(c, run(m, D1 + DAY, 'slot'))
      await addSignals(c, [
        { account: key, metric: 'm', value: 64, observedAt: D1 + DAY + 20 * H, receivedAt: D1 + DAY + 20 * H, id: '' },
      ])
      await addSignals(c, [
        { account: key, metric: 'm', value: 71, observedAt: D1 + DAY + 23 * H, receivedAt: D1 + DAY + 23 * H, id: '' },
      ])
      await scoreAccounts(c, run(m, D1 + DAY + 21 * H, 'now', 'due'))
      await scoreAccounts(c, run(m, D1 + 2 * DAY, 'slot'))
      expect(await announcedStatusOf(c.db, key, D1 + 2 * DAY)).toMatchObject({ verdict: 'healthy' })
    },
  )
})
it('lets days with bare numbers neither count nor break the run', async () => {
  const m = model(3, 100)
  await inDatabase(
    [
      world(m, [
        [D1 - H, 72],
        [D1 + DAY - H, 60],
      ]),
    ],
    async (c, [a]) => {
      const key = a?.key ?? 0
      await scoreAccounts(c, run(m, D1))
      await scoreAccounts(c, run(m, D1 + DAY))
      await scoreAccounts(c, run(m, D1 + 20 * DAY))
      for (let d = 5; d < 15; d++) await scoreAccounts(c, run(m, D1 + d * DAY))
      await scoreAccounts(c, run(m, D1 + 21 * DAY))
      expect(await announcedStatusOf(c.db, key, D1 + 21 * DAY)).toMatchObject({ verdict: 'attention' })
    },
  )
})
it('begins again when the same instant is scored under another model', async () => {
  const m = model()
  const n = { ...m, bands: m.bands.map(b => ({ ...b, id: `new_${b.id}` })) }
  await inDatabase([world(m, [[D1 - H, 72]])], async (c, [a]) => {
    const key = a?.key ?? 0
    await scoreAccounts(c, run(m, D1))
    await scoreAccounts(c, run(n, D1))
    expect((await readHistory(c.db, key))[0]).toMatchObject({ verdict: 'new_healthy' })
  })
})
it('keeps a sharp drop that a second look at the same instant found', async () => {
  const m = model()
  await inDatabase([world(m, [[D1 - 40 * DAY, 88]])], async (c, [a]) => {
    const key = a?.key ?? 0
    await scoreAccounts(c, run(m, D1))
    await addSignals(c, [{ account: key, metric: 'm', value: 60, observedAt: D1 - H, receivedAt: D1 - H, id: '' }])
    await scoreAccounts(c, run(m, D1))
    expect(await announcedStatusOf(c.db, key, D1 + H)).toMatchObject({ verdict: 'attention' })
    await scoreAccounts(c, run(m, D1 + DAY))
    expect(await announcedStatusOf(c.db, key, D1 + H)).toMatchObject({ verdict: 'attention' })
  })
})
