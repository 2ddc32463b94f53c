/** Finds the place of a key among these. Keys that lie close together are looked up in an array, which is fastest. */
export function placesOf(keys: readonly number[]): (key: number) => number | undefined {
  const [least, most] = [Math.min(...keys), Math.max(...keys)]
  if (!(most - least < 4 * keys.length)) {
    const places = new Map(keys.map((key, place) => [key, place]))
    return key => places.get(key)
  }
  const places: (number | undefined)[] = Array.from({ length: most - least + 1 }, () => undefined)
  for (const [place, key] of keys.entries()) places[key - least] = place
  return key => places[key - least]
}
