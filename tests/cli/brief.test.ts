import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brief } from '../../src/cli/accounts/brief.ts'
import { openOutcomeShell } from '../support/outcome-shell.ts'
import { fill } from '../support/outcome-world.ts'

let place: Awaited<ReturnType<typeof openOutcomeShell>>

beforeEach(async () => {
  place = await openOutcomeShell()
  await fill(place.connection, [{ use: 80, voice: 40, kind: 'renewed' }])
})

afterEach(() => place.close())

const run = (...words: string[]) => place.run(brief, 'brief', ...words)

describe('rounds brief', () => {
  it('prints the page, or writes it as a file that needs nothing else and prints well', async () => {
    const page = join(place.folder, 'page.html')

    expect(await run('a0')).toContain('Business review: a0')
    expect(await run('a0', '--kind', 'escalation', '--html', page)).toBe('')

    const html = readFileSync(page, 'utf8')
    expect(html).toContain('<h1 dir="auto">Escalation: a0</h1>')
    expect(html).not.toMatch(/src=|url\(|@import|<script/)
    expect(html).toContain('@media print')
    expect(html).toMatch(/<svg[^>]*role="img"[\s\S]*<desc/)
  })

  it('gives programs the period, both ends and what each measure rests on', async () => {
    const document = JSON.parse(await run('a0', '--kind', 'handover', '--as-of', '2026-10-01', '--json'))

    expect(document).toMatchObject({
      kind: 'handover',
      as_of: '2026-10-01T00:00:00.000Z',
      since: '2026-04-04T00:00:00.000Z',
    })
    expect(document.course).toHaveLength(16)
    expect(document.course.at(-1).shown).toBe(document.health.shown)
    expect(document.evidence.map(({ measure }: { measure: string }) => measure)).toContain('use')
  })

  it('refuses another kind, and a day that has not come', async () => {
    await expect(run('a0', '--kind', 'party')).rejects.toThrow('--kind "party" is not a valid kind.')
    await expect(run('a0', '--as-of', '2030-01-01')).rejects.toThrow('is in the future')
  })
})
