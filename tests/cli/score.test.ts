import { afterEach, beforeEach, expect, it } from 'vitest'
import { importSignals, placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'

let place: Place

beforeEach(async () => {
  place = await placeWithPortfolio()
})

afterEach(() => place.close())

const score = async (...words: string[]) => (await place.rounds('score', ...words, '--json')).json
const scoreAsOf = (time: string) => score('--as-of', time)
const list = async () => (await place.rounds('list', '--json')).json as { account: string; verdict: string }[]
const acme = async () => (await list()).find(({ account }) => account === 'acme')
const history = async () => (await place.rounds('history', 'acme', '--json')).json as { day: string; verdict: string }[]
const transitions = async () => (await place.rounds('transitions', '--json')).json

/** From 73 to 64: across the line at 70, and too little for a sharp drop. */
const acmeSags = () => importSignals(place, 'acme active_users 16 2026-10-05')

it('begins with a silent baseline', async () => {
  expect(await scoreAsOf('2026-10-02T06:00')).toEqual({
    scored: 3,
    transitions: [],
    as_of: '2026-10-02T06:00:00.000Z',
  })

  expect(await acme()).toMatchObject({ shown: 73, verdict: 'healthy' })
})

it('says of a sag at once in the number, in the verdict on the second day', async () => {
  await scoreAsOf('2026-10-02T06:00')
  await acmeSags()

  expect(await scoreAsOf('2026-10-06T06:00')).toMatchObject({ transitions: [] })
  expect(await acme()).toMatchObject({ shown: 64, verdict: 'healthy' })

  expect(await scoreAsOf('2026-10-07T06:00')).toEqual({
    scored: 3,
    transitions: [
      {
        account: 'acme',
        at: '2026-10-07T06:00:00.000Z',
        from: 'healthy',
        to: 'attention',
        kind: 'band',
        shown: 64,
        driver: 'usage',
      },
    ],
    as_of: '2026-10-07T06:00:00.000Z',
  })
  expect(await acme()).toMatchObject({ shown: 64, verdict: 'attention' })
})

it('settles a day once, however often it is scored', async () => {
  await scoreAsOf('2026-10-02T06:00')
  await acmeSags()
  await scoreAsOf('2026-10-06T06:00')

  for (const time of ['06:00', '07:00', '23:00']) {
    expect(await scoreAsOf(`2026-10-06T${time}`)).toMatchObject({ transitions: [] })
  }

  expect(await acme()).toMatchObject({ shown: 64, verdict: 'healthy' })
})

it('says a change once', async () => {
  await scoreAsOf('2026-10-02T06:00')
  await acmeSags()
  await scoreAsOf('2026-10-06T06:00')
  await scoreAsOf('2026-10-07T06:00')

  expect(await scoreAsOf('2026-10-07T06:00')).toMatchObject({ transitions: [] })
  expect(await scoreAsOf('2026-10-08T06:00')).toMatchObject({ transitions: [] })
  expect(await transitions()).toHaveLength(1)
})

it('fills a range of past days, settles them, and raises nothing', async () => {
  await acmeSags()

  expect(await score('--from', '2026-10-02', '--to', '2026-10-08')).toEqual({
    scored: 21,
    transitions: [],
    as_of: '2026-10-08T06:00:00.000Z',
  })

  expect((await history()).map(({ day, verdict }) => `${day} ${verdict}`)).toEqual([
    ...['2026-10-02 healthy', '2026-10-03 healthy', '2026-10-04 healthy', '2026-10-05 healthy'],
    ...['2026-10-06 attention', '2026-10-07 attention', '2026-10-08 attention'],
  ])
  expect(await transitions()).toEqual([])
})

it('as of a time before the newest stores the number and settles nothing', async () => {
  await scoreAsOf('2026-10-02T06:00')
  await acmeSags()
  await scoreAsOf('2026-10-06T06:00')
  const before = await list()

  expect(await scoreAsOf('2026-10-04T06:00')).toMatchObject({ scored: 3, transitions: [] })

  expect(await list()).toEqual(before)
  expect(await history()).toMatchObject([
    { day: '2026-10-02' },
    { day: '2026-10-04', shown: 73 },
    { day: '2026-10-06' },
  ])
  expect(await scoreAsOf('2026-10-07T06:00')).toMatchObject({ transitions: [{ account: 'acme', to: 'attention' }] })
})

it('between two slots settles the slot that nothing settled, and shows the number as of now', async () => {
  await scoreAsOf('2026-10-02T06:00')
  await acmeSags()
  await scoreAsOf('2026-10-06T09:00')

  expect(await scoreAsOf('2026-10-07T09:00')).toMatchObject({
    transitions: [{ account: 'acme', at: '2026-10-07T06:00:00.000Z', to: 'attention' }],
    as_of: '2026-10-07T09:00:00.000Z',
  })
  expect((await history()).map(({ day }) => day)).toEqual(['2026-10-02', '2026-10-06', '2026-10-07'])
})

it('refuses a time that has not come, and fills no slot that has not', async () => {
  const future = await place.rounds('score', '--as-of', '2199-01-01', '--json')
  expect([future.exit, future.stderr]).toEqual([64, expect.stringContaining('is in the future')])

  expect(await score('--from', '2199-01-01', '--to', '2199-01-05')).toMatchObject({ scored: 0, transitions: [] })
  expect(await history()).toEqual([])
})
