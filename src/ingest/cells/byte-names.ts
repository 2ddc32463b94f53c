/** Finds numbers by names as they stand in bytes, without making texts of them. */
export type ByteNames = {
  /** Keeps a name of visible ASCII; any other is to be read as text. */
  add(name: string, number: number): void
  /** -1 for a name that is not kept. */
  find(bytes: Uint8Array, start: number, end: number): number
}

export function byteNames(): ByteNames {
  // One after the other in one array: so many small ones would take ten times the room.
  let [known, slots] = [new Uint8Array(1_024), new Int32Array(64)]
  const [ends, numbers]: [number[], number[]] = [[0], []]

  const isEntry = (entry: number, bytes: Uint8Array, start: number, end: number) => {
    const from = ends[entry - 1] ?? 0
    if ((ends[entry] ?? 0) - from !== end - start) return false
    for (let at = start; at < end; at += 1) if (known[from + at - start] !== bytes[at]) return false
    return true
  }
  const slotOf = (bytes: Uint8Array, start: number, end: number) => {
    const mask = slots.length - 1
    let slot = hash(bytes, start, end) & mask
    for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
      if (isEntry(entry, bytes, start, end)) break
      slot = (slot + 1) & mask
    }
    return slot
  }
  const grow = () => {
    slots = new Int32Array(slots.length * 4)
    for (let entry = 1; entry < ends.length; entry += 1) {
      slots[slotOf(known, ends[entry - 1] ?? 0, ends[entry] ?? 0)] = entry
    }
  }
  return {
    add(name, number) {
      if (!/^[!-~](?:[ -~]*[!-~])?$/.test(name)) return
      const bytes = Buffer.from(name, 'latin1')
      const slot = slotOf(bytes, 0, bytes.length)
      if (slots[slot] !== 0) return
      const from = ends.at(-1) ?? 0
      if (from + bytes.length > known.length) known = withRoom(known, from + bytes.length)
      known.set(bytes, from)
      numbers.push(number)
      slots[slot] = ends.push(from + bytes.length) - 1
      if (ends.length * 2 > slots.length) grow()
    },
    find(bytes, start, end) {
      const entry = slots[slotOf(bytes, start, end)] ?? 0
      return entry === 0 ? -1 : (numbers[entry - 1] ?? -1)
    },
  }
}

function withRoom(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, bytes.length * 2))
  larger.set(bytes)
  return larger
}

/** FNV-1a, its high bits folded into the low ones. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let mixed = 0x811c9dc5
  for (let at = start; at < end; at += 1) mixed = Math.imul(mixed ^ (bytes[at] ?? 0), 0x01000193)
  return mixed ^ (mixed >>> 15)
}
