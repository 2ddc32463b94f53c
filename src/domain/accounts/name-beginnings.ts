/** Of so many letters all beginnings are known. */
const KNOWN = 3

/** Finds the names, by their places, that begin with some letters; with none, no name. */
export function beginningsOf(names: readonly string[]): (letters: string) => readonly number[] {
  const byBeginning = new Map<string, number[]>()
  for (const [at, name] of names.entries()) {
    const beginning = name.slice(0, KNOWN)
    const places = byBeginning.get(beginning)
    if (places === undefined) byBeginning.set(beginning, [at])
    else places.push(at)
  }
  const nameAt = (at: number) => names[at] ?? ''
  const sorted = new Set<string>()
  /** In the order of their names: sorted when first asked for, since nobody asks for most. */
  const sortedWith = (beginning: string) => {
    const places = byBeginning.get(beginning) ?? []
    if (!sorted.has(beginning)) places.sort((a, b) => (nameAt(a) < nameAt(b) ? -1 : 1))
    sorted.add(beginning)
    return places
  }
  return letters => {
    if (letters === '') return []
    if (letters.length < KNOWN) {
      return [...byBeginning].flatMap(([beginning, places]) => (beginning.startsWith(letters) ? places : []))
    }
    const places = sortedWith(letters.slice(0, KNOWN))
    const start = firstWhere(places, at => nameAt(at) >= letters)
    const stop = firstWhere(places, at => nameAt(at) >= letters && !nameAt(at).startsWith(letters))
    return places.slice(start, stop)
  }
}

/** The index of the first that it is true of, where it is true of all after that one. */
function firstWhere(places: readonly number[], isTrue: (at: number) => boolean): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isTrue(places[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
