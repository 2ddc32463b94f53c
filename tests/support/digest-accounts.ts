import fc from 'fast-check'
import type { DigestAccount } from '../../src/domain/digests/digest-account.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'

export const NOW = Date.UTC(2026, 10, 2, 9)

/** A day so many days from now. */
export const inDays = (days: number) => dayOf(NOW + days * DAY)

const ROLES = { at_risk: 'at_risk', attention: 'attention', healthy: 'healthy' } as const

/** An account that is well, but for what is said. */
export function account(id: string, more: Partial<DigestAccount> & { verdict?: string } = {}): DigestAccount {
  const { verdict = 'healthy' } = more
  const role = ROLES[verdict as keyof typeof ROLES]
  return {
    id,
    name: `The ${id} company`,
    shown: 80,
    change: 0,
    reason: `Usage of ${id}`,
    expansionReady: false,
    isPulseDue: false,
    alerts: [],
    overdue: [],
    ...more,
    verdict,
    ...(role !== undefined && { role }),
  }
}

export function alert(id: string, more: Partial<DigestAccount['alerts'][number]> = {}) {
  return { id, kind: 'at_risk', reason: 'It fell', openedAt: NOW - DAY, isSnoozed: false, ...more }
}

export function task(id: string, dueAt: number) {
  return { id, title: `Task ${id}`, dueAt }
}

const alerts = fc.uniqueArray(fc.nat(9), { maxLength: 3 }).chain(ids =>
  fc.tuple(
    ...ids.map(id =>
      fc.record({
        id: fc.constant(`alert-${id}`),
        kind: fc.constantFrom('at_risk', 'sharp_drop', 'went_silent'),
        reason: fc.constant('It fell'),
        openedAt: fc.integer({ min: NOW - 20 * DAY, max: NOW }),
        isSnoozed: fc.boolean(),
        claimedBy: fc.option(fc.constant('Dana'), { nil: undefined }),
      }),
    ),
  ),
)

const anyAccount = (id: string) =>
  fc
    .record({
      verdict: fc.constantFrom('at_risk', 'attention', 'healthy', 'unknown'),
      shown: fc.nat(100),
      change: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
      expansionReady: fc.boolean(),
      isPulseDue: fc.boolean(),
      renewalOn: fc.option(fc.integer({ min: -5, max: 120 }).map(inDays), { nil: undefined }),
      alerts,
      overdue: fc
        .uniqueArray(fc.nat(5), { maxLength: 2 })
        .map(ids => ids.map(n => task(`${id}-task-${n}`, NOW - n * DAY))),
    })
    .map(({ change, renewalOn, alerts, ...rest }) =>
      account(id, {
        ...rest,
        ...(change !== undefined && { change }),
        ...(renewalOn !== undefined && { renewalOn }),
        alerts: alerts.map(({ claimedBy, ...of }) => ({
          ...of,
          id: `${id}-${of.id}`,
          ...(claimedBy !== undefined && { claimedBy }),
        })),
      }),
    )

/** A portfolio on one morning; the same ids may be missing on another. */
export const portfolio: fc.Arbitrary<DigestAccount[]> = fc
  .subarray(['acme', 'globex', 'initech', 'hooli', 'umbrella', 'stark'])
  .chain(ids => fc.tuple(...ids.map(anyAccount)))
