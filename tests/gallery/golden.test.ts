import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openBrowser, openPage, shoot } from '../../gallery/browser.ts'
import { type Exhibits, exhibits } from '../../gallery/exhibits.ts'
import { pageParts } from '../../gallery/page-parts.ts'
import { GOLDEN_FOLDER, GOLDEN_SHOT, goldenCards, goldenPage } from '../../gallery/pictures/golden.ts'

/** Another version of a font moves a line by a pixel; another layout moves everything below. */
const TOLERANCE = 0.08

/** Each picture takes seconds: these are looked at in every run, all of them with `npm run test:long`. */
const EACH_RUN = ['acme.usual', 'an-alert.usual', 'home.usual']
const isWanted = (name: string) => process.env.ROUNDS_LONG !== undefined || EACH_RUN.includes(name)

const chromium = findChromium()
if (chromium === undefined) console.log('There is no Chromium here: the pictures of the cards are not compared.')

describe.skipIf(chromium === undefined)('the cards that people see most', () => {
  let browser: Browser
  let shown: Exhibits
  const parts = pageParts()
  beforeAll(async () => {
    shown = await exhibits()
    browser = await openBrowser(chromium ?? '')
  }, 120_000)
  afterAll(() => browser?.close())

  it('look as they did: `npm run pictures -- --golden` renews the pictures', async () => {
    const drawn = goldenCards(shown)
    const differ: string[] = []
    for (const [name, card] of drawn.filter(([name]) => isWanted(name))) {
      const path = join(GOLDEN_FOLDER, `${name}.png`)
      const picture = await shoot(browser, goldenPage(card, parts), GOLDEN_SHOT)
      if (!existsSync(path) || difference(readFileSync(path), picture) > TOLERANCE) differ.push(name)
    }

    expect(differ).toEqual([])
    expect(readdirSync(GOLDEN_FOLDER).sort()).toEqual(drawn.map(([name]) => `${name}.png`).sort())
  }, 180_000)

  it('can be read by a screen reader, as far as the gallery draws them like the platforms', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    const found = new Set<string>()
    for (const [name, card] of goldenCards(shown).filter(([name]) => name.endsWith('.usual') && isWanted(name))) {
      const page = await openPage(browser, goldenPage(card, parts), GOLDEN_SHOT)
      await page.evaluate(axe)
      const violations = await page.evaluate<
        readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
      >(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
      )
      for (const { id, nodes } of violations) found.add(`${name}: ${id} ${nodes[0]?.html.slice(0, 120)}`)
      await page.close()
    }

    expect([...found]).toEqual([])
  }, 180_000)
})

/** The share of pixels that differ; a picture of another height differs by what is missing. */
function difference(one: Buffer, other: Buffer): number {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)]
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)]
  const differing = pixelmatch(padded(a, width, height), padded(b, width, height), undefined, width, height, {
    threshold: 0.2,
  })
  return differing / (width * height)
}

function padded(picture: PNG, width: number, height: number): Buffer {
  const whole = new PNG({ width, height, fill: true })
  PNG.bitblt(picture, whole, 0, 0, picture.width, picture.height, 0, 0)
  return whole.data
}
