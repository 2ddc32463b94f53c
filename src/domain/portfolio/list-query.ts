import { foldBand } from './portfolio.ts'

/** Which accounts a list is to show. */
export type ListQuery = {
  /** A band's id, or `unknown`. */
  readonly band?: string
  /** As it was written: an e-mail, a name, or `me`. */
  readonly owner?: string
  readonly segment?: string
  /** The renewal is within this many days from today. */
  readonly renewal?: number
  /** Over 30 days. */
  readonly change?: Moved
  /** Those that are not customers anymore. */
  readonly isRetired?: boolean
  /** From 1 on. */
  readonly page?: number
}

export const MOVED = ['falling', 'rising'] as const
export type Moved = (typeof MOVED)[number]

const RETIRED = 'retired'
const MOST_DAYS = 3_650

/**
 * `at-risk owner:dana segment:"mid market" renewal:90 falling page:2`, in any order; `left` are the words that mean
 * nothing here. `bands` are the bands of the model.
 */
export function parseList(
  text: string,
  bands: readonly string[],
): { readonly query: ListQuery; readonly left: string } {
  let query: ListQuery = {}
  const words = text.replace(KEY_AND_VALUE, (whole, key: string, quoted: string | undefined, bare: string = '') => {
    const found = given(key.toLowerCase(), (quoted ?? bare).trim())
    query = { ...query, ...found }
    return found === undefined ? whole : ' '
  })
  const left: string[] = []
  let rest = words.split(/\s+/u).filter(word => word !== '')
  while (rest.length > 0) {
    const found = flagIn(rest, bands)
    if (found === undefined) left.push(rest[0] ?? '')
    else query = { ...query, ...found.given }
    rest = rest.slice(found?.length ?? 1)
  }
  return { query, left: left.join(' ') }
}

/** The words that ask for it: `parseList` reads them as the same. */
export function listWords({ band, owner, segment, renewal, change, isRetired, page = 1 }: ListQuery): string {
  const valued = (key: string, value: string | number | undefined) =>
    value === undefined
      ? []
      : [`${key}:${/^[^\s"]+$/u.test(String(value)) ? value : `"${String(value).replaceAll('"', '')}"`}`]
  return [
    'list',
    ...(band === undefined ? [] : [band]),
    ...(change === undefined ? [] : [change]),
    ...(isRetired ? [RETIRED] : []),
    ...valued('owner', owner),
    ...valued('segment', segment),
    ...valued('renewal', renewal),
    ...valued('page', page > 1 ? page : undefined),
  ].join(' ')
}

const KEY_AND_VALUE = /(?<!\S)(owner|segment|renewal|renews|page):(?:["“„]([^"”“]*)["”“]|(\S*))/giu

function given(key: string, value: string): Partial<ListQuery> | undefined {
  if (value === '') return undefined
  switch (key) {
    case 'owner':
      return { owner: value }
    case 'segment':
      return { segment: value }
    case 'page':
      return /^[1-9]\d{0,4}$/.test(value) ? { page: Number(value) } : undefined
    default: {
      const days = Number(/^(\d{1,4})d?$/i.exec(value)?.[1] ?? Number.NaN)
      return days <= MOST_DAYS ? { renewal: days } : undefined
    }
  }
}

/** The longest beginning that names a band, or another word that narrows the list. */
function flagIn(
  words: readonly string[],
  bands: readonly string[],
): { given: Partial<ListQuery>; length: number } | undefined {
  for (let length = Math.min(words.length, 5); length > 0; length -= 1) {
    const wanted = foldBand(words.slice(0, length).join(' '))
    const band = bands.find(band => foldBand(band) === wanted)
    if (band !== undefined) return { given: { band }, length }
  }
  const word = words[0]?.toLowerCase()
  const change = MOVED.find(moved => moved === word)
  if (change !== undefined) return { given: { change }, length: 1 }
  return word === RETIRED ? { given: { isRetired: true }, length: 1 } : undefined
}
