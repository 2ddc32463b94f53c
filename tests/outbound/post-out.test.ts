import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const SCRIPT = join(import.meta.dirname, '../support/post-once.ts')

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    console.log('There is no openssl here: posting over https is not tried.')
    return false
  }
})()

let folder: string
let server: Server
let received: { readonly path: string; readonly id: string | undefined; readonly body: string }[]

describe.skipIf(!hasOpenssl)('a post to a server with a certificate of its own authority', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rounds-tls-'))
    makeCertificates()
    server = createServer({ key: read('server.key'), cert: read('server.pem') }, (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () => {
        const { url: path = '', headers } = request
        received.push({ path, id: headers['webhook-id']?.toString(), body: Buffer.concat(chunks).toString() })
        if (path === '/moved') response.writeHead(302, { location: '/hook' })
        else if (path === '/busy') response.writeHead(429, { 'retry-after': '7' })
        response.end('thanks')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })

  afterAll(() => {
    server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('arrives whole, once, where private addresses are allowed and the authority is known', async () => {
    expect(await post('/hook', 'private', { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') })).toEqual({ status: 200 })
    expect(received).toEqual([{ path: '/hook', id: 'evt_1', body: '{"type":"alert"}' }])
  })

  it('follows no redirect, and passes on how long the server asks to wait', async () => {
    const authority = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }

    expect(await post('/moved', 'private', authority)).toEqual({ status: 302 })
    expect(received.map(({ path }) => path)).toEqual(['/moved'])
    expect(await post('/busy', 'private', authority)).toEqual({ status: 429, retryAfter: 7_000 })
  })

  it('says nothing to a server whose authority is unknown, or where private addresses are not allowed', async () => {
    expect(await post('/hook', 'private', {})).toEqual({ error: expect.stringMatching(/certificate|unable to verify/) })
    expect(received).toEqual([])
    expect(await post('/hook', 'public', { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') })).toEqual({
      error: expect.stringContaining('is not a public address'),
    })
    expect(received).toEqual([])
  })
})

const read = (name: string) => readFileSync(join(folder, name))

async function post(path: string, network: 'private' | 'public', env: Record<string, string>) {
  received = []
  const url = `https://localhost:${(server.address() as AddressInfo).port}${path}`
  const { stdout } = await run(process.execPath, ['--no-warnings', SCRIPT, url, network], { env })
  return JSON.parse(stdout)
}

/** An authority of our own, and a certificate that it gave to localhost. */
function makeCertificates(): void {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'rsa:2048', '-nodes']
  writeFileSync(join(folder, 'names.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority')
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names.ext', '-days', '2']
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem')
}
