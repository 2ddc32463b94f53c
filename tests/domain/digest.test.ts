import { describe, expect, it } from 'vitest'
import { digestNews, toldBy } from '../../src/domain/digest.ts'
import type { DigestAccount } from '../../src/domain/digest-account.ts'
import { DAY } from '../../src/domain/instant.ts'
import { account, alert, inDays, NOW, task } from '../support/digest-accounts.ts'

const MOMENT = { model: 'v1', at: NOW }

function news(before: readonly DigestAccount[], now: readonly DigestAccount[]) {
  return digestNews(now, MOMENT, toldBy(before, { model: 'v1', at: NOW - DAY }))
}

/** Each section with the accounts in it, in their order. */
function sections(before: readonly DigestAccount[], now: readonly DigestAccount[]) {
  return news(before, now).sections.map(({ kind, items }) => [kind, ...items.map(({ account }) => account.id)])
}

const ACME = account('acme')
const AT_RISK = account('acme', { verdict: 'at_risk' })

describe('what stands in a digest', () => {
  it.each<[string, DigestAccount, DigestAccount, (string | undefined)[]]>([
    ['a fall into a band at risk', ACME, AT_RISK, ['newly_at_risk', 'acme']],
    ['one out of nowhere', account('acme', { verdict: 'unknown' }), AT_RISK, ['newly_at_risk', 'acme']],
    [
      'a sharp drop in whatever band',
      ACME,
      account('acme', { alerts: [alert('a', { kind: 'sharp_drop', claimedBy: 'Dana' })] }),
      ['sharp_drops', 'acme'],
    ],
    ['a recovery', AT_RISK, account('acme', { verdict: 'attention' }), ['recovered', 'acme']],
    ['readiness', ACME, account('acme', { expansionReady: true }), ['newly_expansion_ready', 'acme']],
    [
      'a renewal that came within ninety days',
      account('acme', { verdict: 'attention', renewalOn: inDays(92) }),
      account('acme', { verdict: 'attention', renewalOn: inDays(90) }),
      ['renewals', 'acme'],
    ],
    [
      'a renewal of today',
      account('acme', { verdict: 'unknown' }),
      account('acme', { verdict: 'unknown', renewalOn: inDays(0) }),
      ['renewals', 'acme'],
    ],
    ['an alert that nobody holds', ACME, account('acme', { alerts: [alert('a')] }), ['unclaimed_alerts', 'acme']],
    ['an overdue task', ACME, account('acme', { overdue: [task('t', NOW - DAY)] }), ['overdue_tasks', 'acme']],
    ['a pulse that is due', ACME, account('acme', { isPulseDue: true }), ['pulses_due', 'acme']],
  ])('is %s', (_, before, now, section) => {
    expect(sections([before], [now])).toEqual([section])
  })

  it.each<[string, DigestAccount, DigestAccount]>([
    ['a fall that is no risk', ACME, account('acme', { verdict: 'attention', shown: 60 })],
    ['what became unknown', AT_RISK, account('acme', { verdict: 'unknown' })],
    [
      'a renewal of a healthy account',
      account('acme', { renewalOn: inDays(92) }),
      account('acme', { renewalOn: inDays(30) }),
    ],
    [
      'a renewal beyond the horizon',
      account('acme', { verdict: 'attention' }),
      account('acme', { verdict: 'attention', renewalOn: inDays(92) }),
    ],
    [
      'a renewal of yesterday',
      account('acme', { verdict: 'attention' }),
      account('acme', { verdict: 'attention', renewalOn: inDays(-1) }),
    ],
    ['a claimed alert', ACME, account('acme', { alerts: [alert('a', { claimedBy: 'Dana' })] })],
    ['a snoozed alert', ACME, account('acme', { alerts: [alert('a', { isSnoozed: true })] })],
    [
      'a pulse that its data contradicts, which is for the owner alone',
      ACME,
      account('acme', { alerts: [alert('a', { kind: 'pulse_divergence' })] }),
    ],
    ['readiness that is gone', account('acme', { expansionReady: true }), ACME],
  ])('is not %s', (_, before, now) => {
    expect(sections([before], [now])).toEqual([])
  })

  it('is never an account that the channel did not know, until it changes', () => {
    expect(sections([], [AT_RISK, account('globex', { expansionReady: true })])).toEqual([])
  })
})

describe('in a digest', () => {
  it('the worst drop is first, then the lowest score', () => {
    const fallen = (id: string, change: number, shown: number) => account(id, { verdict: 'at_risk', change, shown })
    const before = ['acme', 'globex', 'hooli', 'initech'].map(id => account(id))
    const now = [fallen('acme', -5, 30), fallen('globex', -40, 30), fallen('hooli', -5, 20), fallen('initech', -5, 20)]

    expect(sections(before, now)).toEqual([['newly_at_risk', 'globex', 'hooli', 'initech', 'acme']])
  })

  it('an account newly at risk is not named once more as a sharp drop', () => {
    const dropped = account('acme', {
      verdict: 'at_risk',
      alerts: [alert('a', { kind: 'sharp_drop', claimedBy: 'Dana' })],
    })

    expect(sections([ACME], [dropped])).toEqual([['newly_at_risk', 'acme']])
  })

  it('the soonest renewal, the oldest alert and the longest overdue task are first', () => {
    const before = ['acme', 'globex'].map(id => account(id, { verdict: 'attention' }))
    const now = [
      account('acme', {
        verdict: 'attention',
        renewalOn: inDays(60),
        alerts: [alert('new', { openedAt: NOW - DAY })],
        overdue: [task('one', NOW - DAY)],
      }),
      account('globex', {
        verdict: 'attention',
        renewalOn: inDays(20),
        alerts: [alert('old', { openedAt: NOW - 9 * DAY })],
        overdue: [task('two', NOW - 5 * DAY)],
      }),
    ]

    expect(sections(before, now)).toEqual(
      ['renewals', 'unclaimed_alerts', 'overdue_tasks'].map(kind => [kind, 'globex', 'acme']),
    )
  })

  it('old alerts and tasks stand beside news, and are no news alone', () => {
    const waiting = account('acme', { alerts: [alert('a')], overdue: [task('t', NOW - DAY)] })

    expect(sections([waiting], [waiting])).toEqual([])
    expect(sections([waiting, account('globex')], [waiting, account('globex', { verdict: 'at_risk' })])).toEqual([
      ['newly_at_risk', 'globex'],
      ['unclaimed_alerts', 'acme'],
      ['overdue_tasks', 'acme'],
    ])
  })

  it('those that stand where they stood are counted, and those that moved with nothing to act on', () => {
    const before = ['acme', 'globex', 'hooli'].map(id => account(id))
    const now = [AT_RISK, account('globex', { verdict: 'attention' }), account('hooli', { shown: 75 })]

    expect(news(before, now)).toMatchObject({ unchanged: 1, otherwise: 1, total: 3 })
  })

  it('a filter by band tells who came into it, for how everybody stood was told too', () => {
    const told = toldBy([], { model: 'v1', at: NOW - DAY }, [ACME])

    expect(digestNews([AT_RISK], MOMENT, told).sections).toMatchObject([{ kind: 'newly_at_risk' }])
  })
})

describe('the first digest', () => {
  it.each([
    ['of all', undefined, 'first'],
    ['under a new model', toldBy([ACME], { model: 'v0', at: NOW - DAY }), 'new_model'],
  ])('%s is a baseline, however bad it looks', (_, told, baseline) => {
    expect(digestNews([AT_RISK], MOMENT, told)).toEqual({
      baseline,
      sections: [],
      unchanged: 1,
      otherwise: 0,
      total: 1,
    })
  })
})
