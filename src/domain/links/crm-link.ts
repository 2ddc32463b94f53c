/** The address of an account's page in the CRM: `*` stands for any part, `{by}` for what names the account. */
export type CrmLink = {
  /** Labels of the host, such as `app`, `hubspot`, `com`. */
  readonly host: readonly string[]
  readonly path: readonly string[]
  readonly query: ReadonlyMap<string, string>
  /** `id`, or the attribute whose value is in the link. */
  readonly by: string
}

/** What a link says of its account. */
export type NamedByLink = { readonly by: string; readonly value: string }

const LONGEST = 2_000
const LONGEST_VALUE = 200

/** What each pattern that fits a link reads in it, each once; nothing from an address that can be read in two ways. */
export function accountsInLink(patterns: readonly CrmLink[], link: string): readonly NamedByLink[] {
  const url = link.length <= LONGEST && URL.canParse(link) ? new URL(link) : undefined
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return []
  const path = segmentsOf(url.pathname)
  if (path === undefined) return []
  return patterns.flatMap(pattern => {
    const value = valueIn(pattern, url, path)?.trim()
    return value && value.length <= LONGEST_VALUE ? [{ by: pattern.by, value }] : []
  })
}

/** Decoded; undefined where a part would hold a separator once decoded, or is cut. */
export function segmentsOf(path: string): readonly string[] | undefined {
  try {
    const parts = path
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent)
    return parts.some(part => /[/\\\p{Cc}]/u.test(part)) ? undefined : parts
  } catch {
    return undefined
  }
}

function valueIn({ host, path, query, by }: CrmLink, url: URL, parts: readonly string[]): string | undefined {
  const labels = url.host.split('.')
  if (labels.length !== host.length || parts.length < path.length) return undefined
  const asked = [...query.keys()].map(name => url.searchParams.getAll(name))
  if (asked.some(values => values.length !== 1)) return undefined
  const pairs = [
    ...host.map((label, at) => [label, labels[at] ?? ''] as const),
    ...path.map((part, at) => [part, parts[at] ?? ''] as const),
    ...[...query.values()].map((wanted, at) => [wanted, asked[at]?.[0] ?? ''] as const),
  ]
  if (!pairs.every(([wanted, found]) => wanted === placeholder(by) || wanted === '*' || wanted === found))
    return undefined
  const isTwice = path.some((part, at) => path[at + 1] === placeholder(by) && parts.slice(path.length).includes(part))
  return isTwice ? undefined : pairs.find(([wanted]) => wanted === placeholder(by))?.[1]
}

export function placeholder(by: string): string {
  return `{${by}}`
}
