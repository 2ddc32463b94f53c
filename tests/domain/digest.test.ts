import { describe, expect, it } from 'vitest'
import { digestNews } from '../../src/domain/digests/digest.ts'
import type { DigestAccount } from '../../src/domain/digests/digest-account.ts'
import { heardIn } from '../../src/domain/digests/snapshot.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { account, alert, inDays, NOW, task } from '../support/digest-accounts.ts'
import { snapshotOf } from '../support/snapshot.ts'

const MOMENT = { model: 'v1', at: NOW }

function news(before: readonly DigestAccount[], now: readonly DigestAccount[]) {
  return digestNews(now, MOMENT, heardIn(snapshotOf(before, { model: 'v1', at: NOW - DAY })))
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

  it('is an account that the channel did not know and that is at risk: said once, as how it stands', () => {
    const now = [AT_RISK, account('globex', { expansionReady: true })]

    expect(sections([], now)).toEqual([['at_risk_now', 'acme']])
    expect(sections(now, now)).toEqual([])
  })

  it('is the change of an account that the channel did not know, since its first score', () => {
    const first = { verdict: 'healthy', role: 'healthy' as const, expansionReady: false }
    const fallen = account('acme', { verdict: 'at_risk', baselines: [{ id: 1, model: 1, after: first }] })

    expect(sections([], [fallen])).toEqual([['newly_at_risk', 'acme']])
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
    const told = heardIn(snapshotOf([], { model: 'v1', at: NOW - DAY }, [ACME]))

    expect(digestNews([AT_RISK], MOMENT, told).sections).toMatchObject([{ kind: 'newly_at_risk' }])
  })
})

describe('the first digest', () => {
  const first = (accounts: readonly DigestAccount[]) => digestNews(accounts, MOMENT, undefined)

  it('says how things stand: at risk worst first, renewals that are not healthy, how many are ready', () => {
    const renewing = account('globex', { verdict: 'attention', renewalOn: inDays(30), shown: 55 })
    const ready = account('hooli', { expansionReady: true })
    const worse = account('initech', { verdict: 'at_risk', shown: 3 })

    const news = first([AT_RISK, renewing, ready, worse])

    expect(news).toMatchObject({ baseline: 'first', ready: 1, unchanged: 4, otherwise: 0, total: 4 })
    expect(news.sections.map(({ kind, items }) => [kind, ...items.map(({ account }) => account.id)])).toEqual([
      ['at_risk_now', 'initech', 'acme'],
      ['renewals', 'globex'],
    ])
  })

  it('names ten of those at risk and counts the rest', () => {
    const many = Array.from({ length: 13 }, (_, at) => account(`a${at}`, { verdict: 'at_risk', shown: 39 - at }))

    const [section] = first(many).sections

    expect(section?.items.map(({ account }) => account.shown)).toEqual(Array.from({ length: 10 }, (_, at) => 27 + at))
    expect(section?.more).toBe(3)
  })
})

describe('under a new model', () => {
  type Point = 'healthy' | 'attention' | 'at_risk'
  const status = (verdict: Point) => ({ verdict, role: verdict, expansionReady: false })
  const told = (verdict: Point) => heardIn(snapshotOf([account('acme', { verdict })], { model: 'v0', at: NOW - DAY }))
  const acme = (before: Point, after: Point, now: Point) =>
    account('acme', {
      verdict: now,
      baselines: [{ id: 1, model: 2, before: { ...status(before), model: 1 }, after: status(after) }],
    })
  const kinds = (announced: Point, before: Point, after: Point, now: Point) =>
    digestNews([acme(before, after, now)], MOMENT, told(announced)).sections.map(({ kind, items }) => [
      kind,
      items[0]?.from,
    ])

  it.each<[string, Point, Point, Point, Point, (string | undefined)[][]]>([
    [
      'nothing that only the model made of it',
      'healthy',
      'healthy',
      'at_risk',
      'at_risk',
      [['at_risk_now', undefined]],
    ],
    [
      'a fall under the old model',
      'healthy',
      'at_risk',
      'at_risk',
      'at_risk',
      [
        ['newly_at_risk', 'healthy'],
        ['at_risk_now', undefined],
      ],
    ],
    [
      'a fall since the change',
      'healthy',
      'healthy',
      'attention',
      'at_risk',
      [
        ['newly_at_risk', 'attention'],
        ['at_risk_now', undefined],
      ],
    ],
    ['a recovery under the old model', 'at_risk', 'healthy', 'healthy', 'healthy', [['recovered', 'at_risk']]],
    ['a recovery since the change', 'at_risk', 'at_risk', 'at_risk', 'attention', [['recovered', 'at_risk']]],
    ['nothing of a model that made it well', 'at_risk', 'at_risk', 'healthy', 'healthy', []],
  ])('a digest says %s', (_, announced, before, after, now, expected) => {
    expect(kinds(announced, before, after, now)).toEqual(expected)
  })

  it('tells a fall though the model was taken back before anybody heard of it', () => {
    const heard = heardIn(snapshotOf([account('acme')], { model: 'v1', at: NOW - DAY }))
    const back = account('acme', {
      verdict: 'at_risk',
      baselines: [
        { id: 1, model: 2, before: { ...status('healthy'), model: 1 }, after: status('at_risk') },
        { id: 2, model: 1, before: { ...status('at_risk'), model: 2 }, after: status('at_risk') },
      ],
    })

    expect(digestNews([back], MOMENT, heard).sections).toMatchObject([
      { kind: 'newly_at_risk', items: [{ from: 'healthy' }] },
    ])
  })
})
