import { describe, expect, it } from 'vitest'
import { type PlayedAccount, playOutcome } from '../../src/domain/playbooks/play-outcome.ts'
import { playbooksCard } from '../../src/views/playbooks/playbooks-card.ts'

const account = (before: number, after: number, more: Partial<PlayedAccount> = {}): PlayedAccount => ({
  day: '2026-09-01',
  band: 'at_risk',
  before,
  after,
  ...more,
})

const told = (played: readonly PlayedAccount[], quiet: readonly PlayedAccount[]) =>
  JSON.stringify(playbooksCard([{ label: 'Recovery', begun: played.length, ...playOutcome(played, quiet) }]))

describe('how accounts with a play fared', () => {
  it('compares only with the same band and trend, a score within 5 points, and the same day', () => {
    const quiet = [
      account(35, 37),
      account(40, 90, { band: 'attention' }),
      account(29, 90),
      account(35, 90, { day: '2026-09-02' }),
      account(35, 90, { earlier: 34 }),
    ]

    const only = { runs: 1, matched: 1, compared: 1, withPlay: 10, without: 2 }
    expect(playOutcome([account(35, 45)], quiet)).toEqual(only)
    const falling = quiet.map(one => ({ ...one, earlier: one.earlier ?? one.before + 20 }))
    expect(playOutcome([account(35, 45, { earlier: 70 })], falling)).toEqual(only)
  })

  it('leaves out of the comparison what has nobody to be compared with', () => {
    const played = [...Array(10).fill(account(35, 45)), ...Array(10).fill(account(10, 80))]

    expect(told(played, Array(12).fill(account(33, 37)))).toContain(
      'with the play +10 (10 of 20 runs), without +4 (12 similar accounts).',
    )
    expect(playOutcome(played, [account(33, 37)])).toMatchObject({ runs: 20, matched: 10, withPlay: 10, without: 4 })
  })

  it('tells medians and counts, and warns of regression to the mean', () => {
    const card = told(Array(10).fill(account(35, 45)), Array(12).fill(account(33, 37)))

    expect(card).toContain('Median change with the play +10 (10 runs), without +4 (12 similar accounts).')
    expect(card).toContain('regression to the mean')
  })

  it('refuses to conclude anything under ten runs', () => {
    const card = told(Array(9).fill(account(35, 45)), Array(12).fill(account(33, 37)))

    expect(card).toContain('Too few to conclude anything: 9 of at least 10')
    expect(card).not.toContain('Median')
  })

  it('says so when there is nobody to compare with', () => {
    expect(told(Array(10).fill(account(35, 45)), [])).toContain('too few similar accounts')
  })
})
