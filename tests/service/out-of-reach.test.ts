import { afterEach, beforeEach, expect, it } from 'vitest'
import { soon } from '../support/soon.ts'
import { onServer } from '../support/test-database.ts'
import { openStage, type Stage } from './on-postgres.ts'
import type { RoundsService } from './rounds-process.ts'
import { openWeakLine, type WeakLine } from './weak-line.ts'

/** The built service while PostgreSQL cannot be reached, or takes no writes: what people, programs and supervisors are told. */
let stage: Stage
let line: WeakLine
let service: RoundsService

beforeEach(async () => {
  stage = await openStage()
  line = await openWeakLine(stage.place.databaseUrl)
  Object.assign(stage.place.env, { DATABASE_URL: line.url })
  service = await stage.serve()
}, 120_000)
afterEach(async () => {
  await stage.close()
  await line.close()
})

async function ready() {
  const response = await fetch(`${service.url}/readyz`)
  return { status: response.status, ...(Object(await response.json()) as { problems?: string[] }) }
}
const send = () => stage.post(service, '/v1/accounts', [{ id: 'acme', name: 'Acme' }])
const answers = () => stage.slack.ephemerals(stage.dana).map(({ shown }) => shown)

it('a line that swallows everything: all are told, and all goes on once it is mended', async () => {
  line.fallSilent()

  const all = [ready(), send(), stage.slack.command(stage.dana, '/health list', stage.room)] as const
  const [readiness, sent] = await Promise.all(all)
  expect(readiness).toMatchObject({ status: 503, problems: ['The database cannot be read.'] })
  expect(sent).toMatchObject({ status: 503, error: 'The database cannot be reached. Nothing is acknowledged.' })
  await soon(() => expect(answers().join()).toContain('The database cannot be reached. Nothing was changed.'))
  line.mend()

  await soon(async () => expect(await ready()).toMatchObject({ status: 200, problems: [] }))
  await soon(async () => expect(await send()).toMatchObject({ status: 200 }))
  await stage.slack.command(stage.dana, '/health list', stage.room)
  await soon(() => expect(answers().at(-1)).not.toContain('cannot be reached'))
}, 240_000)

it.runIf(process.env.ROUNDS_LONG)(
  'a service that is told to stop then ends before its supervisor kills it, and says that it left something',
  async () => {
    line.fallSilent()
    const killed = setTimeout(() => service.kill(), 10_000)

    expect(await service.terminate()).toBe(1)
    clearTimeout(killed)
    expect(service.log()).toContain('Rounds did not end cleanly')
  },
  120_000,
)

it('a server that takes no writes: all are told, and all goes on once it does', async () => {
  const name = new URL(stage.place.databaseUrl).pathname.slice(1)
  const server = new URL('postgres', stage.place.databaseUrl).href
  await onServer(server, `alter database ${name} set default_transaction_read_only = on`)
  line.break()
  line.mend()

  await soon(async () =>
    expect(await ready()).toMatchObject({
      status: 503,
      problems: [expect.stringContaining('The database cannot be written.')],
    }),
  )
  expect(await send()).toMatchObject({ status: 503, error: 'The database cannot be written. Nothing is acknowledged.' })
  await stage.slack.command(stage.dana, '/health list', stage.room)
  await soon(() => expect(answers().join()).toContain('The database cannot be written. Nothing was changed.'))
  await onServer(server, `alter database ${name} reset default_transaction_read_only`)

  await soon(async () => expect(await ready()).toMatchObject({ status: 200 }))
  await soon(async () => expect(await send()).toMatchObject({ status: 200 }))
}, 240_000)
