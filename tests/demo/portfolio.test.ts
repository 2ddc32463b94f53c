import { beforeAll, describe, expect, it } from 'vitest'
import { demoPortfolio } from '../../src/demo/portfolio.ts'
import { morningOf } from '../../src/demo/stories/story.ts'
import { attributesOf } from '../../src/domain/accounts/account.ts'
import type { Evaluation } from '../../src/domain/scoring/evaluate.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { evaluateMornings, observed, presetModel } from '../support/story-days.ts'
import { signalsByAccount } from '../support/story-signals.ts'

const SAAS = presetModel('saas')

const NEWS = [
  'acme sharp_drop attention -> at_risk active_users',
  'orrery sharp_drop attention -> at_risk key_features',
  'tidewell band attention -> at_risk support',
  'harbourlight sharp_drop healthy -> attention cap',
  'wrenfield band at_risk -> attention csm_contact',
  'galehouse band attention -> healthy voice',
  'larkspur expansion_ready not_ready -> ready key_features',
]

type LastMornings = ReadonlyMap<string, Evaluation>

/** What the last of 35 scheduled scorings found; of these accounts, or of all. */
function lastMorning(seed: number, endsOn: string, ids?: readonly string[]): LastMornings {
  const portfolio = demoPortfolio({ seed, endsOn })
  const signals = signalsByAccount(portfolio)
  const chosen = portfolio.accounts.filter(({ id }) => ids?.includes(id) ?? true)
  return new Map(
    chosen.flatMap(({ id, attributes }): [string, Evaluation][] => {
      const account = observed(signals.get(id) ?? [], attributesOf(attributes))
      const evaluation = evaluateMornings(SAAS, account, morningOf(endsOn), 35).at(-1)
      return evaluation === undefined ? [] : [[id, evaluation]]
    }),
  )
}

function newsOf(last: LastMornings): string[] {
  return [...last].flatMap(([id, { transitions }]) =>
    transitions.map(({ kind, from, to, driver }) => [id, kind, `${from} -> ${to}`, driver].join(' ')),
  )
}

describe('the last morning of the demo', () => {
  let last: LastMornings = new Map()

  beforeAll(() => {
    last = lastMorning(1, '2026-11-01')
  })

  it('has news of seven accounts, and of no other', () => {
    expect(newsOf(last)).toEqual(NEWS)
  })

  it.each([2, 3, 4, 5, 6, 7])('has the same news whatever the seed, and on weekday %i', weekday => {
    const ids = NEWS.map(line => line.slice(0, line.indexOf(' ')))

    expect(newsOf(lastMorning(weekday * 11, `2026-11-0${weekday}`, ids))).toEqual(NEWS)
  })

  it('opens an alert for each account on which somebody should act', () => {
    const opened = [...last].flatMap(([id, { alerts }]) => alerts.open.map(kind => `${id} ${kind}`))

    expect(opened).toEqual([
      'acme at_risk',
      'acme pulse_divergence',
      'orrery at_risk',
      'orrery pulse_divergence',
      'tidewell at_risk',
      'harbourlight sharp_drop',
      'larkspur expansion_ready',
    ])
  })

  it('finds accounts of every verdict, and two about which nothing is known', () => {
    const verdicts = [...last.values()].map(({ status }) => status.verdict)
    const counted = (verdict: string) => verdicts.filter(each => each === verdict).length

    expect(counted('unknown')).toBe(2)
    expect(counted('at_risk')).toBeGreaterThanOrEqual(5)
    expect(counted('attention')).toBeGreaterThanOrEqual(12)
    expect(counted('healthy')).toBeGreaterThanOrEqual(30)
  })
})

describe('a demo portfolio', () => {
  const options = { seed: 7, endsOn: '2026-11-01' }
  const portfolio = demoPortfolio(options)

  it('is the same for the same seed, and another for another', () => {
    expect(demoPortfolio(options)).toEqual(portfolio)
    expect(demoPortfolio({ ...options, seed: 8 }).signals).not.toEqual(portfolio.signals)
  })

  it('has sixty accounts, each once, in four segments', () => {
    const segments = portfolio.accounts.map(({ attributes }) => attributes.get('segment')?.[0]?.value)

    expect(new Set(portfolio.accounts.map(({ id }) => id)).size).toBe(60)
    expect([...new Set(segments)].sort()).toEqual(['enterprise', 'mid', 'smb', 'startup'])
  })

  it('names owners who are people, and leaves one account without', () => {
    const owners = portfolio.accounts.map(({ attributes }) => attributes.get('owner')?.[0]?.value)
    const people = portfolio.people.map(({ email }) => email)

    expect(owners.filter(owner => owner === undefined)).toHaveLength(1)
    expect(owners.filter(owner => owner !== undefined && !people.includes(owner))).toEqual([])
  })

  it('observes nothing after the last morning, and nothing twice', () => {
    const morning = morningOf('2026-11-01')
    const identities = portfolio.signals.map(
      ({ accountId, metric, observedAt }) => `${accountId} ${metric} ${observedAt}`,
    )

    expect(
      portfolio.signals.filter(({ observedAt }) => observedAt > morning || observedAt < morning - 120 * DAY),
    ).toEqual([])
    expect(new Set(identities).size).toBe(identities.length)
  })

  it('has a name that breaks what does not escape', () => {
    expect(portfolio.accounts).toContainEqual(expect.objectContaining({ id: 'smith-sons', name: 'Smith & <Sons>' }))
  })
})
