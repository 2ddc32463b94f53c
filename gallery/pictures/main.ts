// Every picture of the README, from what the product really draws: `npm run pictures`. With `--golden` also those that
// the tests compare with.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, openBrowser, shoot } from '../browser.ts'
import { exhibits } from '../exhibits.ts'
import { pageParts } from '../page-parts.ts'
import { GOLDEN_FOLDER, GOLDEN_SHOT, goldenCards, goldenPage } from './golden.ts'
import { morningScenes } from './scenes.ts'
import { slackPage } from './slack-window.ts'
import { teamsPage } from './teams-window.ts'
import { terminalPage } from './terminal-page.ts'

const FOLDER = join(import.meta.dirname, '../../docs/pictures')
const PROGRAM = join(import.meta.dirname, '../../dist/cli.js')
/** A fixed morning, so that the same code makes the same picture. */
const DAY = '2026-11-20'

const chromium = findChromium()
if (chromium === undefined) {
  console.error('There is no Chromium on this machine. Install one, or name it: CHROMIUM=/path npm run pictures.')
  process.exit(1)
}

const parts = pageParts()
const browser = await openBrowser(chromium)
const keep = (folder: string, name: string, picture: Buffer) => {
  writeFileSync(join(folder, `${name}.png`), picture)
  console.log(`${name}.png: ${Math.round(picture.length / 1024)} KB`)
}

const { slack, teams } = await morningScenes()
for (const [name, windows] of Object.entries(slack)) {
  keep(FOLDER, name, await shoot(browser, slackPage(windows, parts.style), { width: 760, scale: 1.5, mostHeight: 900 }))
}
keep(FOLDER, 'teams', await shoot(browser, teamsPage(teams, parts), { width: 1_320, scale: 1.5, mostHeight: 900 }))
keep(
  FOLDER,
  'terminal',
  await shoot(browser, terminalPage('npm ci && npm run demo', transcript()), { width: 860, scale: 1.5 }),
)

if (process.argv.includes('--golden')) {
  rmSync(GOLDEN_FOLDER, { recursive: true, force: true })
  mkdirSync(GOLDEN_FOLDER, { recursive: true })
  for (const [name, card] of goldenCards(await exhibits())) {
    keep(GOLDEN_FOLDER, name, await shoot(browser, goldenPage(card, parts), GOLDEN_SHOT))
  }
}
await browser.close()

/** What the demo says, in color, as in a terminal of 92 columns. */
function transcript(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-pictures-'))
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: '92' }
  try {
    return execFileSync(process.execPath, [PROGRAM, 'demo', '--day', DAY], { cwd: folder, env, encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
