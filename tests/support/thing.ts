/** Anything that came as JSON, before anybody looked into it. */
export type Thing = { readonly [key: string]: unknown }

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function thingsOf(value: unknown): readonly Thing[] {
  return listOf(value).filter(isThing)
}
