import type { Instant } from '../../../domain/time/instant.ts'
import { fromBytes, toBytes } from './number-columns.ts'

/** The signals of one week and block of accounts, in the order of their key. */
export type Pack = {
  /** For each series: whose it is, of which metric, and how many signals it has. */
  readonly account: Float64Array
  readonly metric: Float64Array
  readonly count: Float64Array
  /** For each signal. `rank` orders signals of the same instant. */
  readonly at: Float64Array
  readonly value: Float64Array
  readonly rank: Float64Array
}

/** Signals on their way into a pack, in the order of their key. */
export function openPack() {
  const [account, metric, count]: [number[], number[], number[]] = [[], [], []]
  const [instants, values, ranks]: [number[], number[], number[]] = [[], [], []]
  return {
    add(of: number, what: number, at: Instant, value: number, rank: number): void {
      const last = account.length - 1
      if (account[last] === of && metric[last] === what) count[last] = (count[last] ?? 0) + 1
      else {
        account.push(of)
        metric.push(what)
        count.push(1)
      }
      instants.push(at)
      values.push(value)
      ranks.push(rank)
    },
    bytes: () => toBytes([account, metric, count, instants, values, ranks]),
  }
}

export function packFrom(bytes: Uint8Array, buffers: Float64Array[]): Pack {
  const none = new Float64Array()
  const [account = none, metric = none, count = none, at = none, value = none, rank = none] = fromBytes(bytes, buffers)
  return { account, metric, count, at, value, rank }
}
