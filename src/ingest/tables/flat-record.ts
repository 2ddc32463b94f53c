/** Deeper is of no use in a table. */
const DEEPEST = 8

/** A JSON record as cells by name: what stands inside of an object is `outer.inner`; lists are written out. */
export function flatRecord(value: unknown): Map<string, string> {
  const cells = new Map<string, string>()
  put(cells, '', value, 0)
  return cells
}

function put(cells: Map<string, string>, name: string, value: unknown, depth: number): void {
  if (value === null || value === undefined) {
    if (name !== '') cells.set(name, '')
    return
  }
  if (typeof value !== 'object') {
    cells.set(name === '' ? 'value' : name, String(value))
    return
  }
  if (Array.isArray(value)) {
    const isPlain = value.every(item => typeof item !== 'object' || item === null)
    if (isPlain) cells.set(name, value.map(item => (item === null ? '' : String(item))).join(', '))
    else for (const [at, item] of value.slice(0, 5).entries()) put(cells, `${name}.${at}`, item, depth + 1)
    return
  }
  if (depth >= DEEPEST) {
    cells.set(name, '')
    return
  }
  for (const [key, inner] of Object.entries(value)) put(cells, name === '' ? key : `${name}.${key}`, inner, depth + 1)
}
