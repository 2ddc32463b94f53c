/** Some observations at one place: how many, and their mean. */
export type Pool = { readonly weight: number; readonly mean: number }

/**
 * The nearest values that never decrease, by least squares: pool adjacent violators (Ayer et al. 1955; Barlow et al.
 * 1972). One value for each place.
 */
export function isotonic(places: readonly Pool[]): number[] {
  const blocks: { weight: number; sum: number; places: number }[] = []
  for (const { weight, mean } of places) {
    const block = { weight, sum: weight * mean, places: 1 }
    for (
      let last = blocks.at(-1);
      last !== undefined && last.sum * block.weight >= block.sum * last.weight;
      last = blocks.at(-1)
    ) {
      block.weight += last.weight
      block.sum += last.sum
      block.places += last.places
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ weight, sum, places }) => new Array<number>(places).fill(sum / weight))
}
