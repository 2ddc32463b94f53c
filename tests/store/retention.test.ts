import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditFault } from '../../src/domain/admin/audit-check.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { newestAttributeChange } from '../../src/store/accounts/attribute-changes.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { addDigestRun, setDigestMessage } from '../../src/store/digests/digest-runs.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { observedAt } from '../../src/store/engine/signals/signal-times.ts'
import { deleteOld, type Keep } from '../../src/store/privacy/retention.ts'
import { newestStatusChange, recordStatusChanges } from '../../src/store/scoring/statuses/status-changes.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { named } from '../support/named-message.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

const NOW = Date.UTC(2026, 10, 1)
const FOREVER: Keep = {
  signals: 'forever',
  scores: 'forever',
  comments: 'forever',
  messages: 'forever',
  audit: 'forever',
}

let connection: Connection

const open = async () => {
  connection = await openTestDatabase()
  const accounts = ['a', 'b'].map(id => ({ id, name: id.toUpperCase(), attributes: new Map() }))
  await saveAccounts(connection.db, accounts, 0)
}

beforeEach(open)
afterEach(() => connection.close())

const observe = (account: number, daysAgo: number, id = '') => {
  const observedAt = NOW - daysAgo * DAY
  return addSignals(connection, [{ account, metric: 'logins', value: daysAgo, observedAt, receivedAt: observedAt, id }])
}
const daysLeft = async () => {
  const rows = await connection.db
    .selectFrom('signals')
    .select(['account', observedAt.as('at')])
    .execute()
  return rows.map(({ account, at }) => `${account}:${(NOW - at) / DAY}`).sort()
}
const untilNothingGoes = async (keep: Partial<Keep>) => {
  for (let run = 0; run < 50; run += 1) {
    const gone = await deleteOld(connection.db, { ...FOREVER, ...keep }, NOW)
    if (run > 1 && Object.values(gone).every(rows => rows === 0)) return
  }
}

it('keeps everything unless it is told otherwise', async () => {
  await observe(1, 4_000)
  await observe(1, 3_000)
  await observe(1, 1)

  await untilNothingGoes({})

  expect(await daysLeft()).toHaveLength(3)
})

it('deletes old signals but for the first and the newest of each series', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ account: fc.constantFrom(1, 2), age: fc.integer({ min: 0, max: 800 }) }), { maxLength: 40 }),
      async signals => {
        await connection.close()
        await open()
        for (const { account, age } of signals) await observe(account, age)

        await untilNothingGoes({ signals: 365 * DAY })

        const expected = new Set(
          [1, 2].flatMap(account => {
            const ages = signals.filter(signal => signal.account === account).map(({ age }) => age)
            const kept = ages.filter(age => age <= 365 || age === Math.max(...ages) || age === Math.min(...ages))
            return kept.map(age => `${account}:${age}`)
          }),
        )
        expect(await daysLeft()).toEqual([...expected].sort())
      },
    ),
    tries(40),
  )
})

it('deletes what a correction replaced along with the signal', async () => {
  await observe(1, 900)
  await observe(1, 800)
  const observedAt = NOW - 800 * DAY
  await addSignals(connection, [{ account: 1, metric: 'logins', value: 7, observedAt, receivedAt: NOW, id: '' }])
  await observe(1, 1)

  await untilNothingGoes({ signals: 365 * DAY })

  expect(await daysLeft()).toEqual(['1:1', '1:900'])
  expect(await connection.db.selectFrom('signal_versions').selectAll().execute()).toEqual([])
})

it('deletes old messages, but none that speaks of an open alert', async () => {
  const { db } = connection
  const alert = {
    account: 1,
    state: 'open',
    opened_at: 0,
    reason: 'r',
    claimed_by: null,
    claimed_at: null,
    resolved_at: null,
  }
  await db
    .insertInto('alerts')
    .values({ ...alert, id: 'x', kind: 'at_risk' })
    .execute()
  const message = {
    to: { platform: 'slack', channel: 'C1' },
    card: { title: 'T', summary: 's', parts: [] },
    at: NOW - 100 * DAY,
  }
  await addMessage(db, { ...message, ...named('old'), alerts: [] })
  await addMessage(db, { ...message, ...named('open'), alerts: ['x'] })
  await addMessage(db, { ...message, ...named('new'), alerts: [], at: NOW - DAY })
  await db.updateTable('outbox').set({ state: 'sent', message: '1', shown_version: 1 }).execute()

  await untilNothingGoes({ messages: 90 * DAY })

  const left = await db.selectFrom('outbox').select('subject_id').orderBy('subject_id').execute()
  expect(left.map(({ subject_id }) => subject_id)).toEqual(['new', 'open'])
})

const change = (account: number, verdict: string, daysAgo: number) =>
  recordStatusChanges(
    connection.db,
    [{ account, at: NOW - daysAgo * DAY, verdict, role: null, expansion_ready: 0, model: 1 }],
    true,
  )
const changesLeft = async () => {
  const statuses = await connection.db.selectFrom('status_changes').selectAll().orderBy('id').execute()
  const attributes = await connection.db.selectFrom('attribute_changes').selectAll().orderBy('id').execute()
  return [
    ...statuses.map(({ account, verdict, at }) => `${account} ${verdict} ${(NOW - at) / DAY}`),
    ...attributes.map(({ attribute, known_from }) => `${attribute} ${(NOW - known_from) / DAY}`),
  ]
}
const owned = (daysAgo: number) =>
  saveAccounts(connection.db, [{ id: 'a', attributes: new Map([['owner', `${daysAgo}@ours.example`]]) }], {
    from: NOW - daysAgo * DAY,
  })

it('lets changes go with the scores, but for the newest of each verdict and of the log', async () => {
  for (const days of [500, 400, 300]) await owned(days)
  await change(1, 'healthy', 500)
  await change(1, 'at_risk', 450)
  await change(1, 'healthy', 400)
  await change(1, 'at_risk', 300)
  await change(2, 'healthy', 900)

  await untilNothingGoes({ scores: 365 * DAY })

  expect(await changesLeft()).toEqual(['1 healthy 400', '1 at_risk 300', '2 healthy 900', 'owner 300'])
})

it('finds what may go behind a thousand changes that stay', async () => {
  const status = { account: 2, at: NOW - 900 * DAY, role: null, expansion_ready: 0, model: 1 }
  const verdicts = Array.from({ length: 1_050 }, (_, n) => ({ ...status, verdict: `verdict-${n}` }))
  await recordStatusChanges(connection.db, verdicts, true)
  await change(1, 'healthy', 500)
  await change(1, 'healthy', 400)

  await untilNothingGoes({ scores: 365 * DAY })

  const left = await changesLeft()
  expect(left).toHaveLength(1_051)
  expect(left.at(-1)).toBe('1 healthy 400')
})

it('keeps the changes that a channel has not heard in a digest yet', async () => {
  const { db } = connection
  await change(1, 'healthy', 500)
  await change(1, 'at_risk', 450)
  await owned(500)
  const known = { statuses: await newestStatusChange(db), attributes: await newestAttributeChange(db) }
  const to = { platform: 'slack', channel: 'C1' }
  const announced = { model: 'm', view: { model: 'm', cadence: 'off' as const }, known, alerts: [], overdue: [] }
  const run = await addDigestRun(db, { digest: 'daily', destination: to, slot: NOW - 440 * DAY, announced })
  const card = { title: 'T', summary: 's', parts: [] }
  const message = await addMessage(db, { to, card, at: NOW - 440 * DAY, alerts: [], ...named('digest') })
  await db.updateTable('outbox').set({ state: 'sent', message: '1', shown_version: 1 }).execute()
  await setDigestMessage(db, run ?? 0, message ?? 0)
  await change(1, 'healthy', 430)
  await change(1, 'at_risk', 420)
  await owned(430)
  await owned(420)

  await untilNothingGoes({ scores: 365 * DAY })

  expect(await changesLeft()).toEqual(['1 healthy 430', '1 at_risk 420', 'owner 430', 'owner 420'])
})

it('deletes old lines of the audit log and leaves the rest of its chain whole', async () => {
  for (const days of [500, 400, 30, 20]) {
    await recordAudit(connection.db, { at: NOW - days * DAY, who: 'rounds', act: 'alert.wake', subject: String(days) })
  }

  await untilNothingGoes({ audit: 365 * DAY })
  await recordAudit(connection.db, { at: NOW, who: 'rounds', act: 'alert.wake', subject: 'today' })

  const left = await connection.db.selectFrom('audit').select('subject').orderBy('id').execute()
  expect(left.map(({ subject }) => subject)).toEqual(['30', '20', 'today'])
  expect(auditFault(await checkAudit(connection.db))).toBeUndefined()
  await expect(connection.db.deleteFrom('audit').where('subject', '=', '30').execute()).rejects.toThrow(/append-only/)
})
