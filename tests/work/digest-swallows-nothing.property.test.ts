import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DigestNews } from '../../src/domain/digests/digest.ts'
import { createDigestDays } from '../support/digest-days.ts'

const ACCOUNTS = ['acme', 'globex', 'hooli']

type AnnouncedStatus = { readonly model: number; readonly verdict: string }

const account = fc.constantFrom(...ACCOUNTS)
const value = fc.constantFrom(5, 30, 45, 65, 95)
const outcome = fc.constantFrom<'sent' | 'parked' | 'dead' | 'dry'>('sent', 'sent', 'sent', 'parked', 'dead', 'dry')

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('day' as const), account, value }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('score' as const) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('model' as const), to: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('digest' as const), outcome }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('fill' as const), days: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('account' as const), account }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('open' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('retire' as const), account, isRetired: fc.boolean() }) },
)

it('whatever happens, each change of verdict between two digests that were sent is said once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async steps => {
      const days = await createDigestDays()
      try {
        const trace: ReadonlyMap<string, AnnouncedStatus>[] = []
        const builtAt = new Map<number, number>()
        let lastSent: number | undefined
        await days.account('acme')
        for (const next of steps) {
          if (next.act === 'day') {
            await days.use(next.account, next.value)
            await days.score('slot')
          } else if (next.act === 'account') await days.account(next.account)
          else if (next.act === 'model') {
            days.model(next.to)
            await days.score('now')
          } else if (next.act === 'score') await days.score('now')
          else if (next.act === 'fill') await days.fill(next.days)
          else if (next.act === 'retire') await days.retire(next.account, next.isRetired)
          else if (next.act === 'open') {
            for (const slot of await days.openWay()) lastSent = Math.max(lastSent ?? 0, builtAt.get(slot) ?? 0)
          } else {
            const { news, at } = await days.digest(next.outcome)
            expect(said(news)).toEqual(changed(trace, lastSent))
            if (next.outcome !== 'dry') builtAt.set(at, trace.length - 1)
            if (next.outcome === 'sent') lastSent = Math.max(0, trace.length - 1)
          }
          trace.push(await days.told())
        }
      } finally {
        await days.close()
      }
    }),
    { numRuns: 60 },
  )
}, 120_000)

/** How many accounts changed, and which of them are named for it. */
function said({ baseline, sections, otherwise }: DigestNews) {
  const named = ['newly_at_risk', 'recovered'].flatMap(kind =>
    sections.filter(section => section.kind === kind).flatMap(({ items }) => items.map(({ account }) => account.id)),
  )
  return { changed: baseline === 'first' ? 0 : new Set(named).size + otherwise }
}

/**
 * By the definition alone: under each model an account was told of, do the ends of that time differ? One that was away,
 * retired or not scored yet, begins again when it is there.
 */
function changed(trace: readonly ReadonlyMap<string, AnnouncedStatus>[], since: number | undefined) {
  if (since === undefined) return { changed: 0 }
  const accounts = ACCOUNTS.filter(account => {
    const seen = trace.slice(since).map(at => at.get(account))
    const absent = seen.lastIndexOf(undefined)
    const told = seen.slice(absent + 1).flatMap(at => at ?? [])
    const [first, last] = [told[0], told.at(-1)]
    const times = told.reduce<AnnouncedStatus[][]>((times, now) => {
      const current = times.at(-1)
      if (current?.[0]?.model === now.model) current.push(now)
      else times.push([now])
      return times
    }, [])
    return (
      times.some(time => time[0]?.verdict !== time.at(-1)?.verdict) ||
      (absent === -1 && first?.model === last?.model && first?.verdict !== last?.verdict)
    )
  })
  return { changed: accounts.length }
}
