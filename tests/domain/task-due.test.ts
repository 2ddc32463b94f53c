import { expect, it } from 'vitest'
import { taskDue } from '../../src/domain/playbooks/task-due.ts'

const OFFICE = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  holidays: ['2026-12-25'],
  timeZone: 'Europe/Berlin',
}

it.each([
  ['1bd', '2026-11-06T14:00Z', '2026-11-09T14:00Z'],
  ['1bd', '2026-11-02T06:00Z', '2026-11-03T08:00Z'],
  ['4h', '2026-11-02T16:00Z', '2026-11-03T11:00Z'],
  ['30m', '2026-11-02T10:00Z', '2026-11-02T10:30Z'],
  ['1w', '2026-11-02T10:00Z', '2026-11-09T10:00Z'],
  ['2d', '2026-11-06T10:00Z', '2026-11-09T08:00Z'],
  ['1bd', '2026-12-24T10:00Z', '2026-12-28T10:00Z'],
])('%s from %s is due at %s in Berlin', (written, start, due) => {
  expect(new Date(taskDue(Date.parse(start), written, OFFICE))).toEqual(new Date(due))
})
