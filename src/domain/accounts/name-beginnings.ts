/** Of so many letters all beginnings are known. */
const KNOWN = 3

/** Finds the names, by their places, that begin with some letters; with none, no name. */
export function beginningsOf(names: readonly string[]): (letters: string) => number[] {
  const byBeginning = new Map<string, number[]>()
  for (const [at, name] of names.entries()) {
    const beginning = name.slice(0, KNOWN)
    const places = byBeginning.get(beginning)
    if (places === undefined) byBeginning.set(beginning, [at])
    else places.push(at)
  }
  return letters => {
    if (letters === '') return []
    if (letters.length >= KNOWN) {
      const places = byBeginning.get(letters.slice(0, KNOWN)) ?? []
      return places.filter(at => names[at]?.startsWith(letters))
    }
    return [...byBeginning].flatMap(([beginning, places]) => (beginning.startsWith(letters) ? places : []))
  }
}
