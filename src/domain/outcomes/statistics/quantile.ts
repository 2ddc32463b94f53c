/** The quantile of values in any order, between two of them linearly (R's type 7, Excel's PERCENTILE). Undefined of nothing. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below === undefined || above === undefined ? undefined : below + (above - below) * (place - Math.floor(place))
}

export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5)
}
