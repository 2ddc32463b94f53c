/** Names that rows refer to by place, from 0 on. */
export type Names = {
  readonly all: readonly string[]
  /** Adds the name if it is new. */
  placeOf(name: string): number
}

export function names(known: readonly string[] = []): Names {
  const all = [...known]
  const places = new Map(all.map((name, place) => [name, place]))
  return {
    all,
    placeOf(name) {
      const found = places.get(name)
      if (found !== undefined) return found
      places.set(name, all.length)
      return all.push(name) - 1
    },
  }
}
