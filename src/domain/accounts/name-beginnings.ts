/** The longest beginnings that are indexed, in letters. */
const KNOWN = 3

/** Places of names, by how the names begin. */
export type Beginnings = ReadonlyMap<string, readonly number[]>

/** Names that were indexed together. */
type Part = { readonly joined: readonly string[]; readonly beginnings: Beginnings }

/** A name of a part. */
type Place<P> = { readonly part: P; readonly at: number; readonly name: string }

export function beginningsOf(names: readonly string[]): Beginnings {
  const places = new Map<string, number[]>()
  for (const [at, name] of names.entries()) {
    const beginning = name.slice(0, KNOWN)
    const alike = places.get(beginning)
    if (alike === undefined) places.set(beginning, [at])
    else alike.push(at)
  }
  return places
}

/** Finds the names of all parts that begin with some letters; for no letters, none. */
export function findBeginnings<P extends Part>(parts: readonly P[]): (letters: string) => readonly Place<P>[] {
  const placesOf = (beginning: string) =>
    parts.flatMap(part => (part.beginnings.get(beginning) ?? []).map(at => ({ part, at, name: part.joined[at] ?? '' })))
  /** In the order of their names: sorted on first use, since most are never asked for. */
  const sorted = new Map<string, readonly Place<P>[]>()
  const sortedWith = (beginning: string) => {
    const known =
      sorted.get(beginning) ?? placesOf(beginning).sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    sorted.set(beginning, known)
    return known
  }
  return letters => {
    if (letters === '') return []
    if (letters.length < KNOWN) {
      const beginnings = new Set(parts.flatMap(part => [...part.beginnings.keys()]))
      return [...beginnings].filter(beginning => beginning.startsWith(letters)).flatMap(placesOf)
    }
    const places = sortedWith(letters.slice(0, KNOWN))
    const start = firstFrom(places, letters)
    let stop = start
    while (places[stop]?.name.startsWith(letters)) stop += 1
    return places.slice(start, stop)
  }
}

/** The first index, among places in the order of their names, that is not before these letters. */
function firstFrom(places: readonly Place<unknown>[], letters: string): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.name ?? '') >= letters) high = middle
    else low = middle + 1
  }
  return low
}
