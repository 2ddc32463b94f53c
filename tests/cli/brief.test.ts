import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderCard } from '../../adapters/terminal/render-card.ts'
import { brief } from '../../src/cli/accounts/brief.ts'
import type { Shell } from '../../src/cli/shell.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, NOW, OUTCOME_MODEL } from '../support/outcome-world.ts'

let connection: Connection
let folder: string

beforeEach(async () => {
  connection = await migratedDatabase()
  folder = mkdtempSync(join(tmpdir(), 'rounds-brief-'))
  writeFileSync(join(folder, 'model.yaml'), OUTCOME_MODEL)
  await fill(connection, [{ use: 80, voice: 40, kind: 'renewed' }])
})

afterEach(async () => {
  await connection.close()
  rmSync(folder, { recursive: true })
})

async function run(...words: string[]) {
  let stdout = ''
  const shell: Partial<Shell> = {
    clock: () => NOW,
    settings: () => loadSettings(folder),
    open: async () => connection,
    print: text => {
      stdout += `${text}\n`
    },
    draw: card => renderCard(card, { columns: 100, colors: false }),
  }
  const program = new Command().exitOverride()
  brief(program, shell as Shell)
  await program.parseAsync(['brief', ...words], { from: 'user' })
  return stdout
}

describe('rounds brief', () => {
  it('prints the page, or writes it as a file that needs nothing else and prints well', async () => {
    const page = join(folder, 'page.html')

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
    await expect(run('a0', '--kind', 'party')).rejects.toThrow('--kind party is not a kind of brief.')
    await expect(run('a0', '--as-of', '2030-01-01')).rejects.toThrow('is in the future')
  })
})
