// Every card and form of the product in all renderers, on one page: `npm run gallery`, then open gallery.html.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { exhibits } from './exhibits.ts'
import { page } from './page.ts'

const beside = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const library = join(dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')), 'dist')
const drawn = page(await exhibits(), {
  style: beside('page.css'),
  script: beside('page.client.js'),
  library: readFileSync(join(library, 'adaptivecards.min.js'), 'utf8').replaceAll('</script', '<\\/script'),
})
writeFileSync('gallery.html', drawn)
console.log(`gallery.html: ${(drawn.length / 1024 / 1024).toFixed(1)} MB; open it in a browser.`)
