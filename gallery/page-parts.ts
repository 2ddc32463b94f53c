import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PageParts } from './page.ts'

/** The style and the script beside this file, and Microsoft's library. */
export function pageParts(): PageParts {
  const beside = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
  const library = join(dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')), 'dist')
  return {
    style: beside('page.css'),
    script: beside('page.client.js'),
    library: readFileSync(join(library, 'adaptivecards.min.js'), 'utf8').replaceAll('</script', '<\\/script'),
  }
}
