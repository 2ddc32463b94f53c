import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
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
