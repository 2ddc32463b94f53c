/** DOMAIN 2: equal but for floating noise. */
export const same = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

/** Neumaier's sum. */
export function total(numbers: readonly number[]): number {
  let sum = 0
  let compensation = 0
  for (const number of numbers) {
    const t = sum + number
    if (Math.abs(sum) >= Math.abs(number)) compensation += sum - t + number
    else compensation += number - t + sum
    sum = t
  }
  return sum + compensation
}

const SPELLED = /^[-+]?[0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?$/

/** A finite decimal number. */
export function numberIn(text: string | undefined): number | undefined {
  const spelled = text?.trim() ?? ''
  if (!SPELLED.test(spelled) || !/[0-9]/.test(spelled.split(/[eE]/)[0] ?? '')) return undefined
  return Number.isFinite(Number(spelled)) ? Number(spelled) : undefined
}
