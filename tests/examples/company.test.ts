import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { list } from '../../src/cli/accounts/list.ts'
import { score } from '../../src/cli/score.ts'
import type { Verb } from '../../src/cli/shell.ts'
import { checkSources } from '../../src/model/companion-files.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { startService } from '../http/service.ts'
import { type Bench, runVerb, setUpImport } from '../support/csv-import.ts'

const folder = fileURLToPath(new URL('../../examples/company', import.meta.url))
const text = (name: string) => readFileSync(join(folder, name), 'utf8')

describe('the files of a small company', () => {
  let bench: Bench

  beforeEach(async () => {
    bench = await setUpImport()
    bench.now = Date.UTC(2026, 10, 28)
  })

  afterEach(() => bench.end())

  it('load without a reject or a note, and tell who is well and who is not', async () => {
    const said = [
      await bench.import('people', join(folder, 'people.csv'), '--json'),
      await bench.import('accounts', join(folder, 'accounts.csv'), '--from', '2026-09-01', '--json'),
      await bench.import('signals', join(folder, 'signals.csv'), '--history', '--json'),
      await bench.import('comments', join(folder, 'comments.csv'), '--history', '--json'),
      await bench.import('outcomes', join(folder, 'outcomes.csv'), '--json'),
      await bench.import('signals', join(folder, 'signals.ndjson'), '--json'),
    ]
    let ids = 0
    const verb: Verb = (program, shell) => {
      for (const declare of [score, list]) declare(program, { ...shell, newId: () => `id-${ids++}` })
    }
    const run = (...words: string[]) => runVerb(verb, bench.connection, bench.now, [...words, '--json'])
    await run('score', '--from', '2026-11-01', '--to', '2026-11-27')

    expect(said.map(({ exit, stdout }) => [exit, JSON.parse(stdout).notes ?? []])).toEqual(said.map(() => [0, []]))
    const verdicts = JSON.parse((await run('list')).stdout) as { account: string; verdict: string }[]
    const verdictOf = new Map(verdicts.map(({ account, verdict }) => [account, verdict]))
    expect(verdictOf.size).toBe(5)
    expect(verdictOf.get('fjord')).toBe('healthy')
    expect(verdictOf.get('driftwood')).toBe('at_risk')
  })

  it('sources.yaml is in order', () => {
    expect(checkSources(text('sources.yaml')).errors).toEqual([])
  })
})

describe('what other programs send', () => {
  const requests = JSON.parse(text('requests.json')) as {
    from: string
    path: string
    headers: Record<string, string>
    body: unknown
  }[]
  let service: Awaited<ReturnType<typeof startService>>

  beforeEach(async () => {
    service = await startService(['signals:write', 'accounts:write', 'comments:write'])
    const accounts = ['cedar', 'ember', 'fjord'].map(id => ({ id, name: id, attributes: new Map() }))
    await saveAccounts(service.connection.db, accounts, 0)
  })

  afterEach(() => service.end())

  it.each(requests.map(request => [request.from, request] as const))('%s', async (_, { path, headers, body }) => {
    const [status, answer] = await service.send(JSON.stringify(body), headers, path)

    expect([status, answer.rejects]).toEqual([200, []])
  })

  it('the workflow for n8n makes signals of rows, and sends them to a door', async () => {
    const { nodes } = JSON.parse(text('n8n-workflow.json')) as {
      nodes: { type: string; parameters: Record<string, string> }[]
    }
    const parametersOf = (type: string) => nodes.find(node => node.type === type)?.parameters ?? {}
    const run = new Function('$input', parametersOf('n8n-nodes-base.code').jsCode ?? '')
    const rows = [{ json: { account: 'cedar', users: '31', day: '2026-11-27' } }]
    const [made] = run({ all: () => rows }) as { json: { rows: unknown } }[]

    const path = new URL(parametersOf('n8n-nodes-base.httpRequest').url ?? '').pathname
    const [status, answer] = await service.send(
      JSON.stringify(made?.json.rows),
      { 'Idempotency-Key': 'usage-2026-11-27' },
      path,
    )

    expect([status, answer.added, answer.rejects]).toEqual([200, 1, []])
  })
})
