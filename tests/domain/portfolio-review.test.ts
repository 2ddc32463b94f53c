import { expect, it } from 'vitest'
import { portfolioReview } from '../../src/domain/portfolio/review.ts'
import { account, inDays, NOW } from '../support/digest-accounts.ts'

const BANDS = ['at_risk', 'attention', 'healthy', 'unknown']
const PROGRAMME = { opened: 3, claimed: 2, resolved: 1, tasksDone: 4, pulses: 5 }

const review = (...accounts: ReturnType<typeof account>[]) =>
  portfolioReview(accounts, BANDS, { at: NOW, trend: { now: 70, weekAgo: 72 }, programme: PROGRAMME })

it('adds up the ARR by band, worst band first, and leaves out bands without accounts', () => {
  const { bands } = review(
    account('acme', { arr: 100, owner: 'Dana' }),
    account('globex', { arr: 50, owner: 'Dana' }),
    account('hooli', { owner: 'Dana' }),
    account('initech', { verdict: 'at_risk', arr: 7, owner: 'Dana' }),
    account('stark', { verdict: 'unknown', arr: 3, owner: 'Dana' }),
  )

  expect(bands).toEqual([
    { verdict: 'at_risk', accounts: 1, arr: 7 },
    { verdict: 'healthy', accounts: 3, arr: 150 },
    { verdict: 'unknown', accounts: 1, arr: 3 },
  ])
})

it.each([
  ['of today', 0, true],
  ['in ninety days', 90, true],
  ['in ninety-two days', 92, false],
  ['of yesterday', -1, false],
])('a renewal %s is listed, healthy or not: %s', (_, days, isListed) => {
  const { renewals } = review(
    account('well', { renewalOn: inDays(days) }),
    account('ill', { verdict: 'at_risk', renewalOn: inDays(days) }),
  )

  expect(renewals.map(({ id }) => id)).toEqual(isListed ? ['well', 'ill'] : [])
})

it('the soonest renewal is first, and who has no owner is listed', () => {
  const { renewals, unowned, programme, trend } = review(
    account('later', { renewalOn: inDays(40), owner: 'Dana' }),
    account('sooner', { renewalOn: inDays(4) }),
  )

  expect(renewals.map(({ id }) => id)).toEqual(['sooner', 'later'])
  expect(unowned.map(({ id }) => id)).toEqual(['sooner'])
  expect([programme, trend]).toEqual([PROGRAMME, { now: 70, weekAgo: 72 }])
})
