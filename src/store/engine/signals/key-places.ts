/** The place of each of these keys among them: an array where they lie close together, which is asked fastest. */
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
