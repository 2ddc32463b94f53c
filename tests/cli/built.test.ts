import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { dateCell, workbook } from '../support/workbook.ts'

const ROOT = new URL('../..', import.meta.url).pathname

it('reads a workbook as it is built, with the libraries that are loaded for it', () => {
  const folder = mkdtempSync(join(temporaryFolder(), 'rounds-built-'))
  const file = join(folder, 'notes.xlsx')
  writeFileSync(
    file,
    workbook({
      Notes: [
        ['Company', 'Status', 'Last call'],
        ['Larkspur Mills', 'Green', dateCell(46_340)],
      ],
    }),
  )

  const words = ['map', file, '--db', `sqlite:${join(folder, 'rounds.db')}`]
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  })

  expect(stderr).toBe('')
  expect(stdout).toContain('notes.xlsx is XLSX')
  expect(status).toBe(0)
})

it('answers the same whether what it compiled is not kept yet, is kept, or is something else', () => {
  const build = readFileSync(join(ROOT, 'dist/built'), 'utf8')
  const kept = join(ROOT, `dist/compiled/${build}/help`)
  const help = () => spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), '--help'], { encoding: 'utf8' }).stdout

  rmSync(kept, { force: true })
  const first = help()
  const compiled = readFileSync(kept)
  const second = help()
  writeFileSync(kept, 'nothing that was compiled')
  const third = help()

  expect(first).toContain('Usage: rounds')
  expect([second, third]).toEqual([first, first])
  expect(readFileSync(kept).length).toBeGreaterThan(compiled.length / 2)
})

it('names the bundle of all verbs for its content, so that what was compiled of another build is not taken for its own', () => {
  const build = readFileSync(join(ROOT, 'dist/built'), 'utf8')
  const digest = createHash('sha256')
    .update(readFileSync(join(ROOT, `dist/${build}.cjs`)))
    .digest('hex')

  expect(build).toBe(`command-${digest.slice(0, 16)}`)
})

it('runs what an image keeps compiled', () => {
  // What the tests keep compiled is not its own.
  const { NODE_COMPILE_CACHE: _, ...env } = process.env
  const { stderr, status } = spawnSync(process.execPath, [join(ROOT, 'warm.mjs')], { encoding: 'utf8', env })
  const build = readFileSync(join(ROOT, 'dist/built'), 'utf8')

  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  expect(readdirSync(join(ROOT, `dist/compiled/${build}`))).toEqual(expect.arrayContaining(['list', 'show', 'score']))
}, 180_000)
