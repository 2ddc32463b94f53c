/** A share as people read it: 0.667 -> "67%", with one digit "66.7%". */
export function percent(share: number, digits = 0): string {
  const scale = 10 ** digits
  return `${Math.round(share * (100 * scale)) / scale}%`
}
