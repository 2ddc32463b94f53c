import { BotError } from '../../errors.ts'
import { withoutInvisible } from './invisible.ts'

/** The columns of a file: as it wrote them, and by the names that Rounds knows them by; '' where there is no name. */
export type Columns = { readonly written: readonly string[]; readonly names: readonly string[] }

/** How names of columns are compared: without regard to case, blanks, _ and -. */
export function foldColumn(name: string): string {
  return withoutInvisible(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/gu, '')
}

/** Throws a `BotError` if a column is missing or duplicated. */
export function columnsIn(
  file: string,
  header: readonly string[],
  required: readonly string[],
  known: readonly string[],
): Columns {
  const byFold = new Map(known.map(name => [foldColumn(name), name]))
  const written = header.map(name => withoutInvisible(name).trim())
  const names = written.map(name => byFold.get(foldColumn(name)) ?? name)
  const named = written.filter(name => name !== '')
  const found = `Found: ${named.map(name => name.slice(0, 40)).join(', ')}. `
  const missing = required.filter(name => !names.includes(name))
  if (missing.length > 0) {
    const which = missing.length === 1 ? `the column ${missing[0]}` : `the columns ${missing.join(', ')}`
    throw new BotError('missing_column', `${file} lacks ${which}.`, `${found}Needed: ${required.join(', ')}.`)
  }
  const twice = named.find((name, at) => named.findIndex(other => foldColumn(other) === foldColumn(name)) !== at)
  if (twice !== undefined) {
    throw new BotError(
      'duplicate_column',
      `${file} has the column ${twice} twice.`,
      `${found}Case, blanks, _ and - make no difference. Keep one of them.`,
    )
  }
  return { written, names }
}
