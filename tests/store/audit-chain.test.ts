import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditFault } from '../../src/domain/admin/audit-check.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
  for (const subject of ['a', 'b', 'c']) {
    await recordAudit(connection.db, { at: 1, who: 'ana@x.com', act: 'alert.claim', subject, account: 'acme' })
  }
})
afterEach(() => connection.close())

it('a log that nobody touched is whole, and still holds an earlier end of it', async () => {
  const before = await checkAudit(connection.db)
  await recordAudit(connection.db, { at: 2, who: 'ana@x.com', act: 'alert.resolve', subject: 'a', account: 'acme' })

  const check = await checkAudit(connection.db, { lines: before.lines, hash: before.hash })

  expect(check).toMatchObject({ lines: 4, endsAsKnown: true })
  expect(auditFault(check)).toBeUndefined()
  expect(await checkAudit(connection.db, { lines: 3, hash: 'another' })).toMatchObject({ endsAsKnown: false })
})

it('no line of it can be changed or deleted', async () => {
  await expect(connection.db.updateTable('audit').set({ who: 'me' }).execute()).rejects.toThrow(/append-only/)
  await expect(connection.db.deleteFrom('audit').execute()).rejects.toThrow(/append-only/)
})
