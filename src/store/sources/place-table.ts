import type { Instant } from '../../domain/time/instant.ts'

/** Counts by account, metric and time, in a sixth of the memory and time that a map with text keys takes. */
export type PlaceTable = {
  readonly size: number
  /** One more of a place; how many there are now. */
  add(account: number, metric: number, observedAt: Instant): number
  /** The same, unless there is none yet. */
  addKnown(account: number, metric: number, observedAt: Instant): number | undefined
}

/** Account and metric are small integers. */
export function placeTable(): PlaceTable {
  let slots = openSlots(1 << 10)
  let size = 0
  const grow = () => {
    const old = slots
    slots = openSlots(old.counts.length * 4)
    for (let at = 0; at < old.counts.length; at += 1) {
      const count = old.counts[at] ?? 0
      if (count === 0) continue
      const [account = 0, metric = 0, time = 0] = [old.accounts[at], old.metrics[at], old.times[at]]
      place(slots, slotOf(slots, account, metric, time), account, metric, time, count)
    }
  }
  return {
    get size() {
      return size
    },
    add(account, metric, observedAt) {
      const slot = slotOf(slots, account, metric, observedAt)
      const count = (slots.counts[slot] ?? 0) + 1
      place(slots, slot, account, metric, observedAt, count)
      if (count > 1) return count
      size += 1
      if (size * 4 > slots.counts.length * 3) grow()
      return 1
    },
    addKnown(account, metric, observedAt) {
      const slot = slotOf(slots, account, metric, observedAt)
      const count = slots.counts[slot] ?? 0
      if (count === 0) return undefined
      slots.counts[slot] = count + 1
      return count + 1
    },
  }
}

type Slots = { accounts: Int32Array; metrics: Int32Array; times: Float64Array; counts: Int32Array }

/** `count` is a power of two. */
function openSlots(count: number): Slots {
  return {
    accounts: new Int32Array(count),
    metrics: new Int32Array(count),
    times: new Float64Array(count),
    counts: new Int32Array(count),
  }
}

function place(slots: Slots, slot: number, account: number, metric: number, time: number, count: number): void {
  slots.accounts[slot] = account
  slots.metrics[slot] = metric
  slots.times[slot] = time
  slots.counts[slot] = count
}

/** The slot of a place, or the free slot where it belongs. */
function slotOf({ accounts, metrics, times, counts }: Slots, account: number, metric: number, time: number): number {
  const mask = counts.length - 1
  let slot = hash(account, metric, time) & mask
  while (counts[slot] !== 0 && !(accounts[slot] === account && metrics[slot] === metric && times[slot] === time)) {
    slot = (slot + 1) & mask
  }
  return slot
}

function hash(account: number, metric: number, time: number): number {
  let mixed = Math.imul(account, 0x9e3779b1) ^ Math.imul(metric, 0x85ebca6b) ^ Math.imul(time | 0, 0xc2b2ae35)
  mixed ^= Math.floor(time / 2 ** 32)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 12)
}
