import { vi } from 'vitest'

/** Tries something again until it does not throw. Only a test that fails waits that long: a built service may be starved. */
export function soon<T>(look: () => T | Promise<T>, timeout = 60_000): Promise<T> {
  return vi.waitFor(look, { timeout, interval: 50 })
}
