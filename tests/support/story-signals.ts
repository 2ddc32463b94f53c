import type { DemoSignal } from '../../src/demo/course.ts'
import type { Portfolio } from '../../src/demo/portfolio.ts'

export function signalsByAccount({ signals }: Portfolio): Map<string, DemoSignal[]> {
  const byAccount = new Map<string, DemoSignal[]>()
  for (const signal of signals) {
    const known = byAccount.get(signal.accountId)
    if (known === undefined) byAccount.set(signal.accountId, [signal])
    else known.push(signal)
  }
  return byAccount
}
