// Every card and form of the product in all renderers, on one page: `npm run gallery`, then open gallery.html.
import { writeFileSync } from 'node:fs'
import { exhibits } from './exhibits.ts'
import { page } from './page.ts'
import { pageParts } from './page-parts.ts'

const drawn = page(await exhibits(), pageParts())
writeFileSync('gallery.html', drawn)
console.log(`gallery.html: ${(drawn.length / 1024 / 1024).toFixed(1)} MB; open it in a browser.`)
