/**
 * Which names have which three-letter pieces, in typed arrays: a hundred thousand names take a tenth of a second and
 * ten megabytes. Names with their edges: two spaces before, one behind.
 */
export type NamePostings = {
  /** How many different pieces each name has. */
  readonly sizes: Uint16Array
  /** The names that have any of the pieces, and for each name how many of them it has; both only until the next call. */
  count(pieces: ReadonlySet<string>): { readonly names: Uint32Array; readonly common: Uint8Array }
}

export function buildPostings(padded: readonly string[]): NamePostings {
  const { names, pieces, sizes, idOf, total } = collect(padded)
  const starts = new Uint32Array(total + 1)
  for (let at = 0; at < pieces.length; at += 1) starts[pieces[at] ?? 0] = (starts[pieces[at] ?? 0] ?? 0) + 1
  // from counts to where each list ends, and backwards from there to where it starts
  for (let id = 1; id <= total; id += 1) starts[id] = (starts[id] ?? 0) + (starts[id - 1] ?? 0)
  const lists = new Uint32Array(pieces.length)
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const id = pieces[at] ?? 0
    const place = (starts[id] ?? 0) - 1
    starts[id] = place
    lists[place] = names[at] ?? 0
  }
  const common = new Uint8Array(padded.length)
  const touched = new Uint32Array(padded.length)
  let found = 0
  return {
    sizes,
    count(wanted) {
      for (let at = 0; at < found; at += 1) common[touched[at] as number] = 0
      found = 0
      for (const piece of wanted) {
        const id = idOf(piece)
        if (id === undefined) continue
        const end = starts[id + 1] as number
        for (let at = starts[id] as number; at < end; at += 1) {
          const name = lists[at] as number
          if (common[name] === 0) touched[found++] = name
          common[name] = (common[name] as number) + 1
        }
      }
      return { names: touched.subarray(0, found), common }
    },
  }
}

/** Every piece of every name once, in the order of the names. */
function collect(padded: readonly string[]) {
  const most = padded.reduce((sum, text) => sum + text.length - 2, 0)
  const [names, pieces] = [new Uint32Array(most), new Uint32Array(most)]
  const sizes = new Uint16Array(padded.length)
  const others = new Map<string, number>()
  const idOf = (piece: string) => plainId(piece, 0) ?? others.get(piece)
  let seenBy = new Int32Array(2 * PLAIN_IDS).fill(-1)
  let found = 0
  for (let name = 0; name < padded.length; name += 1) {
    const text = padded[name] ?? ''
    const before = found
    for (let at = 0; at + 3 <= text.length; at += 1) {
      const id = plainId(text, at) ?? otherId(text.slice(at, at + 3))
      if (seenBy[id] === name) continue
      seenBy[id] = name
      names[found] = name
      pieces[found] = id
      found += 1
    }
    sizes[name] = found - before
  }
  return {
    ...{ sizes, idOf, total: PLAIN_IDS + others.size },
    ...{ names: names.subarray(0, found), pieces: pieces.subarray(0, found) },
  }

  function otherId(piece: string): number {
    const known = others.get(piece)
    if (known !== undefined) return known
    const id = PLAIN_IDS + others.size
    others.set(piece, id)
    if (id >= seenBy.length) {
      const more = new Int32Array(2 * seenBy.length).fill(-1)
      more.set(seenBy)
      seenBy = more
    }
    return id
  }
}

/** Letters, digits and the space have their place by calculation, which is several times as fast as a map. */
function plainId(text: string, at: number): number | undefined {
  const [a, b, c] = [
    plainCode(text.charCodeAt(at)),
    plainCode(text.charCodeAt(at + 1)),
    plainCode(text.charCodeAt(at + 2)),
  ]
  return a < 0 || b < 0 || c < 0 ? undefined : (a * CODES + b) * CODES + c
}

function plainCode(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 96
  if (unit === 32) return 0
  return unit >= 48 && unit <= 57 ? unit - 21 : -1
}

const CODES = 37
const PLAIN_IDS = CODES ** 3
