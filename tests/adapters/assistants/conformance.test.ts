import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as ask, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createToken } from '../../../src/store/people/tokens.ts'
import { smallCompany } from '../../support/small-company.ts'
import type { World } from '../../support/world.ts'

let world: World
let signedIn: Server

beforeAll(async () => {
  world = (await smallCompany()).world
  await world.start()
  const made = { name: 'suite', scopes: ['mcp'] as const, person: 'dana@ours.example', now: world.now, randomBytes }
  signedIn = withToken((await createToken(world.connection.db, made)).token)
  await once(signedIn, 'listening')
})

afterAll(async () => {
  signedIn.close()
  await world.close()
})

/** The suite cannot sign in: what it asks here is asked with the token. */
function withToken(token: string): Server {
  return createServer((request, response) => {
    const { url: path, method, headers } = request
    const asked = { port: world.port, path, method, headers: { ...headers, authorization: `Bearer ${token}` } }
    const passed = ask(asked, answer => answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers)))
    request.pipe(passed)
  }).listen(0, '127.0.0.1')
}

it("passes the protocol's own suite, but for what needs tools made for it", async () => {
  const { port } = signedIn.address() as AddressInfo
  const suite = 'node_modules/@modelcontextprotocol/conformance/dist/index.js'
  const known = 'tests/adapters/assistants/conformance-known.yaml'
  const given = ['server', '--url', `http://127.0.0.1:${port}/mcp`, '--expected-failures', known]
  const { stdout, code = 0 } = await promisify(execFile)(process.execPath, [suite, ...given]).catch(failed => failed)

  const result = stdout.slice(stdout.indexOf('Total:'))
  expect([code, result]).toEqual([0, expect.stringContaining('Total: 10 passed')])
}, 60_000)
