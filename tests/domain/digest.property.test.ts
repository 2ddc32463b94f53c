import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DigestNews, digestNews, type SectionKind } from '../../src/domain/digests/digest.ts'
import { heardIn, type Snapshot } from '../../src/domain/digests/snapshot.ts'
import { NOW, portfolio } from '../support/digest-accounts.ts'
import { snapshotOf } from '../support/snapshot.ts'

const MOMENT = { model: 'v1', at: NOW }
const mornings = fc.array(portfolio, { minLength: 1, maxLength: 6 })

/** Lists of what is open, repeated beside news as long as it is. */
const STANDING: readonly SectionKind[] = ['unclaimed_alerts', 'overdue_tasks']

const itemsOf = ({ sections }: DigestNews) =>
  sections.flatMap(({ kind, items }) =>
    STANDING.includes(kind) ? [] : items.map(({ account }) => ({ kind, account, key: `${kind}:${account.id}` })),
  )

describe('whatever happens', () => {
  it('a digest told again right away has nothing to say', () => {
    fc.assert(
      fc.property(portfolio, portfolio, (before, now) => {
        const told = heardIn(snapshotOf(now, MOMENT))

        expect(digestNews(now, MOMENT, told).sections).toEqual([])
        expect(digestNews(now, MOMENT, told).otherwise).toBe(0)
        expect(digestNews(now, MOMENT, heardIn(snapshotOf(now, MOMENT, [...before, ...now]))).sections).toEqual([])
      }),
    )
  })

  it('no account is in a section of changes twice, nor in two of those that say where it stands', () => {
    fc.assert(
      fc.property(portfolio, portfolio, (before, now) => {
        const keys = itemsOf(digestNews(now, MOMENT, heardIn(snapshotOf(before, MOMENT)))).map(({ key }) => key)
        const bands = keys.filter(key => /^(newly_at_risk|sharp_drops):/.test(key)).map(key => key.split(':')[1])

        expect(new Set(keys).size).toBe(keys.length)
        expect(new Set(bands).size).toBe(bands.length)
      }),
    )
  })

  it('what is told differs from what was told: nothing else is in a section of changes', () => {
    fc.assert(
      fc.property(portfolio, portfolio, (before, now) => {
        const told = snapshotOf(before, MOMENT)
        for (const { kind, account } of itemsOf(digestNews(now, MOMENT, heardIn(told)))) {
          const known = told.verdicts[account.id]
          if (kind === 'newly_at_risk') expect([known?.role === 'at_risk', account.role]).toEqual([false, 'at_risk'])
          if (kind === 'recovered') expect(known?.role).toBe('at_risk')
          if (kind === 'newly_expansion_ready') expect(told.ready).not.toContain(account.id)
          if (kind === 'sharp_drops')
            expect(account.alerts.some(({ id, kind }) => kind === 'sharp_drop' && !told.alerts.includes(id))).toBe(true)
          if (kind === 'renewals') expect(told.renewals).not.toContain(account.id)
          if (kind === 'pulses_due') expect(told.pulses).not.toContain(account.id)
        }
      }),
    )
  })

  it('nothing is left out: who stands at risk was told so by the last digest, or never known otherwise', () => {
    fc.assert(
      fc.property(mornings, days => {
        const heard = new Map<string, boolean>()
        let told: Snapshot | undefined
        for (const accounts of days) {
          const news = digestNews(accounts, MOMENT, told && heardIn(told))
          for (const { id, role } of accounts) {
            const isKnown = told?.verdicts[id] !== undefined
            const isNamed = itemsOf(news).some(({ key }) => key === `newly_at_risk:${id}`)
            const wasAtRisk = told?.verdicts[id]?.role === 'at_risk'
            if (isNamed || !isKnown) heard.set(id, role === 'at_risk')
            expect(isNamed).toBe(isKnown && role === 'at_risk' && !wasAtRisk)
            if (role === 'at_risk') expect(heard.get(id) ?? wasAtRisk).toBe(true)
            if (role !== 'at_risk') heard.delete(id)
          }
          told = snapshotOf(accounts, MOMENT)
        }
      }),
    )
  })

  it('every account is counted once: named for a change, unchanged, or moved otherwise', () => {
    fc.assert(
      fc.property(portfolio, portfolio, (before, now) => {
        const news = digestNews(now, MOMENT, heardIn(snapshotOf(before, MOMENT)))
        const changed = itemsOf(news).filter(({ kind }) => kind !== 'renewals' && kind !== 'pulses_due')
        const named = new Set(changed.map(({ account }) => account.id))

        expect(named.size + news.unchanged + news.otherwise).toBe(now.length)
      }),
    )
  })
})
