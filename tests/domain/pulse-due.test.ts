import { expect, it } from 'vitest'
import { type PulseFacts, pulseDue, pulseSubject } from '../../src/domain/pulses/pulse-due.ts'
import { DAY } from '../../src/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const ago = (days: number) => NOW - days * DAY
const CADENCE = 30 * DAY

it.each<[string, PulseFacts, string | undefined]>([
  ['is not due the day before the cadence', { last: { at: ago(29) }, ownedSince: ago(400), events: {} }, undefined],
  ['is due once it is as old as the cadence', { last: { at: ago(30) }, ownedSince: ago(400), events: {} }, 'old'],
  ['is not due of an account that is new to its owner', { ownedSince: ago(29), events: {} }, undefined],
  ['is due the first time after one cadence', { ownedSince: ago(30), events: {} }, 'never'],
  ['is due when it expired', { last: { at: ago(8), expiresAt: ago(1) }, ownedSince: ago(9), events: {} }, 'expired'],
  ['is due after a meeting', { last: { at: ago(8) }, ownedSince: ago(9), events: { meeting: ago(1) } }, 'meeting'],
  [
    'is due for what happened rather than for its age',
    { ownedSince: ago(90), events: { complaint: ago(2) } },
    'complaint',
  ],
])('a pulse %s', (_, facts, reason) => {
  expect(pulseDue(facts, CADENCE, NOW)?.reason).toBe(reason)
})

it('is one thing to be reminded of until the next pulse, and what happened another', () => {
  const last = { at: ago(40) }

  expect(pulseSubject('acme', { last }, { reason: 'old', since: ago(10) })).toBe('pulse:acme:2026-09-23')
  expect(pulseSubject('acme', { last }, { reason: 'meeting', since: ago(1) })).toBe('pulse:acme:2026-09-23:meeting')
  expect(pulseSubject('acme', {}, { reason: 'never', since: ago(1) })).toBe('pulse:acme:none')
})
