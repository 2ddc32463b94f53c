import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { startReplica } from '../support/postgres-replica.ts'
import { makeTemplate, startServer } from '../support/postgres-server.ts'
import { createPostgres, onServer } from '../support/test-database.ts'
import { serveDigestsEachMinute } from './digests-each-minute.ts'
import { openWeakLine } from './weak-line.ts'

const HARMS = Number(process.env.ROUNDS_HARMS ?? 4)
const MINUTE = 60_000

const nextDigests = () => sleep(MINUTE - (Date.now() % MINUTE) + randomInt(4_000))

describe.runIf(process.env.ROUNDS_LONG)('the server is lost while digests are built and sent', () => {
  it(
    `it crashes ${HARMS} times and comes back: each digest is built once, and posted once or marked`,
    async () => {
      const server = await startServer(join(tmpdir(), `rounds-crash-${randomUUID()}`))
      onTestFinished(() => server.stop())
      const { url } = await createPostgres({ url: server.url, template: await makeTemplate(server.url) })
      const digests = await serveDigestsEachMinute(url)
      onTestFinished(() => digests.close())

      for (let crash = 0; crash < HARMS; crash += 1) {
        await nextDigests()
        await server.crash(randomInt(2_000))
      }
      await digests.expectOnceEach(HARMS)
    },
    180_000 + HARMS * 80_000,
  )

  it('its replica takes over: digests go on, and no signal that was acknowledged is lost', async () => {
    const [first, second] = ['primary', 'replica'].map(name => join(tmpdir(), `rounds-${name}-${randomUUID()}`)) as [
      string,
      string,
    ]
    const primary = await startServer(first)
    const template = await makeTemplate(primary.url)
    const { url } = await createPostgres({ url: primary.url, template })
    const replica = await startReplica(primary.url, first, second)
    onTestFinished(() => replica.stop())
    await vi.waitFor(() => onServer(replica.url, 'select 1'), { timeout: 60_000, interval: 100 })
    // What is acknowledged is on both.
    await onServer(primary.url, "alter system set synchronous_standby_names = '*'")
    await onServer(primary.url, 'select pg_reload_conf()')
    const line = await openWeakLine(url)
    onTestFinished(() => line.close())
    const digests = await serveDigestsEachMinute(line.url)
    onTestFinished(() => digests.close())
    const signals = await sendSignals(digests.services[0]?.url ?? '', line.url)
    onTestFinished(() => signals.stop())

    await nextDigests()
    await primary.stop()
    line.break()
    await onServer(replica.url, 'select pg_promote()')
    line.leadTo(replica.url)
    const before = signals.acknowledged.length
    expect(before).toBeGreaterThan(0)
    await vi.waitFor(() => expect(signals.acknowledged.length).toBeGreaterThan(before + 10), { timeout: 60_000 })
    await nextDigests()
    await digests.expectOnceEach(2)

    signals.stop()
    const { db } = digests.connection
    const stored = new Set((await db.selectFrom('signals').select('id').execute()).map(({ id }) => id))
    expect(signals.acknowledged.filter(id => !stored.has(id))).toEqual([])
    expect((await checkAudit(db)).brokenLine).toBeUndefined()
  }, 400_000)
})

/** One after the other, as a program does, whatever it is answered. */
async function sendSignals(service: string, databaseUrl: string) {
  const connection = openDatabase(databaseUrl)
  const { token } = await createToken(connection.db, { name: 'test', scopes: ['signals:write'], now: 0, randomBytes })
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
  await connection.close()
  const acknowledged: string[] = []
  let isStopped = false
  const send = async (id: string) => {
    const row = { account_id: 'acme', metric: 'logins', value: 1, observed_at: new Date().toISOString(), id }
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const { status } = await fetch(`${service}/v1/signals`, { method: 'POST', headers, body: JSON.stringify([row]) })
    if (status === 200) acknowledged.push(id)
  }
  void (async () => {
    for (let n = 0; !isStopped; n += 1) {
      await send(`signal-${n}`).catch(() => {})
      await sleep(100)
    }
  })()
  return {
    acknowledged: acknowledged as readonly string[],
    stop(): void {
      isStopped = true
    },
  }
}
