import { randomBytes } from 'node:crypto'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DOORS } from '../../src/http/doors/index.ts'
import type { Operation } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { createToken, SCOPES } from '../../src/store/people/tokens.ts'
import { claimRequest } from '../../src/store/sources/idempotent-requests.ts'
import { NOW, type Service, serverParts, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService(SCOPES, undefined, { pause: 200 })
})

afterEach(() => service.end())

type Described = {
  readonly requestBody?: { content: Record<string, { example: unknown }> }
  readonly responses: object
}
type Document = { readonly paths: Record<string, Record<string, Described>> }

const published = async () => (await (await fetch(`${service.address}/v1/openapi.json`)).json()) as Document

it('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate((await published()) as never)

  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

it('lists every address that is mounted, and none besides', async () => {
  const app = createServer(serverParts(service.connection))
  const mounted = app.router.stack.flatMap(({ route }) =>
    // What refuses every other method is mounted for all of them.
    route === undefined || route.stack.length > 1
      ? []
      : route.stack.flatMap(({ method }) => (method ? [`${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`] : [])),
  )

  const { paths } = await published()

  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  expect(listed.sort()).toEqual(mounted.sort())
})

const rowsDoors = DOORS.filter(({ operation }) => operation.access !== 'anyone')

type Given = {
  readonly body: string | ReadableStream
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends to a door as its document says, and answers the status, checked against the schema of that status. */
async function ask(path: string, operation: Operation, given: Given): Promise<number> {
  const { access } = operation
  const token = given.token ?? service.token
  const by = access !== 'anyone' && access.by === 'basic'
  const authorization = by ? `Basic ${Buffer.from(`${token}:`).toString('base64')}` : `Bearer ${token}`
  const response = await fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...given.headers },
    body: given.body,
    duplex: 'half',
  })
  const answer = operation.answers[response.status]
  const checked = answer?.schema.safeParse(await response.json())
  expect([response.status, checked?.error?.issues]).toEqual([response.status, undefined])
  return response.status
}

it.each(rowsDoors.map(({ path, operation }) => [path, operation] as const))(
  '%s takes each example that the document shows',
  async (path, operation) => {
    const { content = {} } = (await published()).paths[path]?.post?.requestBody ?? {}

    expect(Object.keys(content)).toEqual(Object.keys(operation.body ?? {}))
    for (const [type, { example }] of Object.entries(content)) {
      const body = typeof example === 'string' ? example : JSON.stringify(example)
      expect(await ask(path, operation, { headers: { 'content-type': type }, body })).toBe(200)
    }
  },
)

it.each(rowsDoors.map(({ path, operation }) => [path, operation] as const))(
  '%s answers every status of the document as it says, and no other',
  async (path, operation) => {
    const body = JSON.stringify(operation.body?.['application/json']?.example)
    const { db } = service.connection
    const narrow = await createToken(db, { name: 'narrow', scopes: ['mcp'], now: NOW, randomBytes })
    const send = (given: Partial<Given>) => ask(path, operation, { body, ...given })
    const key = (name: string) => ({ headers: { 'idempotency-key': name } })
    const seen = [
      await send({}),
      await send({ body: '[' }),
      await send(key('not a key')),
      await send({ token: 'nobody' }),
      await send({ token: narrow.token }),
      await send({ body: endless() }),
      await send({ body: `["${'x'.repeat(1_100_000)}"]` }),
      await send({ headers: { 'content-encoding': 'br' } }),
    ]
    await claimRequest(
      service.connection,
      { token: /rnd_(\w{16})/.exec(service.token)?.[1] ?? '', key: 'running' },
      { now: NOW, instance: 'test' },
    )
    seen.push(await send(key('running')), await send(key('done')), await send({ ...key('done'), body: '{}' }))
    const other = openDatabase(service.url)
    bareOf(other).exec('begin immediate')
    seen.push(await send(key('full')))
    bareOf(other).exec('rollback')
    await other.close()
    bareOf(service.connection).exec('drop table ingest_tokens')
    seen.push(await send({}))

    expect([...new Set(seen)].sort().map(String)).toEqual(
      Object.keys((await published()).paths[path]?.post?.responses ?? {}),
    )
  },
)

/** A body that begins, and never ends. */
function endless() {
  return new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode('[')),
  })
}
