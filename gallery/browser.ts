import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The Chromium of this machine, if there is one: none is ever downloaded. `CHROMIUM` names another. */
export function findChromium(env = process.env): string | undefined {
  const named = env.CHROMIUM
  const found = (env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  return [...(named === undefined ? [] : [named]), ...found].find(path => existsSync(path))
}

/** Draws the same picture each time: one font rendering, one color, no scrollbars, no cursor. */
export function openBrowser(executablePath: string): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
  ]
  return chromium.launch({ executablePath, args })
}

export type Shot = { readonly width: number; readonly scale: number; readonly mostHeight?: number }

/** A page as a picture, as high as it is. */
export async function shoot(browser: Browser, html: string, { width, scale, mostHeight }: Shot): Promise<Buffer> {
  const page = await openPage(browser, html, { width, scale })
  const whole = await page.evaluate<number>('Math.ceil(document.documentElement.getBoundingClientRect().height)')
  const height = Math.max(1, Math.min(whole, mostHeight ?? whole))
  await page.setViewportSize({ width, height })
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await page.close()
  return picture
}

export async function openPage(browser: Browser, html: string, { width, scale }: Shot): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 200 }, deviceScaleFactor: scale })
  await page.setContent(html, { waitUntil: 'load' })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  return page
}
