import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A clone has the sources beside the build, and no `rounds` on the PATH; an image or an installed package has one. */
export const COMMAND = existsSync(fileURLToPath(new URL('../src/', import.meta.url))) ? 'npx --no rounds' : 'rounds'

/** Text that names commands as `rounds VERB`, with commands that exist where it is read. */
export function asTypedHere(text: string): string {
  return text.replaceAll(/`rounds (?=\S)/g, `\`${COMMAND} `)
}
