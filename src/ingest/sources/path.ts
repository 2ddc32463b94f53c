/** The text or number at a dotted path, as text; undefined where there is none. Only own fields are looked at. */
export function textAt(value: unknown, path: string): string | undefined {
  let found = value
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Readonly<Record<string, unknown>>)[name]
  }
  const text = typeof found === 'string' || typeof found === 'number' ? String(found).trim() : ''
  return text === '' ? undefined : text
}
