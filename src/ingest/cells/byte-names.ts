import type { OrdinaryBytes } from './ordinary-bytes.ts'

/** Maps names to numbers straight from bytes, without decoding them. */
export type ByteNames = {
  /** Adds a name of ordinary bytes; any other must be read as text. */
  add(name: string, number: number): void
  /** The number of the name that begins here, up to the first byte that is not ordinary; -1 for an unknown one. */
  read(bytes: Uint8Array, start: number): number
  /** Where the last name ended. */
  end: number
}

export function byteNames(ordinary: OrdinaryBytes): ByteNames {
  // One after the other in one array: many small arrays would take ten times the memory. Entry 0 means none.
  let [known, slots] = [new Uint8Array(1_024), new Int32Array(64)]
  const froms = [0]
  const lengths = [0]
  const hashes = [0]
  const numbers = [-1]
  let [lastFrom, lastLength, lastNumber] = [0, 0, -1]

  const isAt = (from: number, length: number, bytes: Uint8Array, start: number) => {
    for (let at = 0; at < length; at += 1) if (known[from + at] !== bytes[start + at]) return false
    return true
  }
  const slotOf = (hash: number, bytes: Uint8Array, start: number, length: number) => {
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
      const isAlike = hashes[entry] === hash && lengths[entry] === length
      if (isAlike && isAt(froms[entry] ?? 0, length, bytes, start)) break
      slot = (slot + 1) & mask
    }
    return slot
  }
  const grow = () => {
    slots = new Int32Array(slots.length * 4)
    for (let entry = 1; entry < hashes.length; entry += 1) {
      slots[slotOf(hashes[entry] ?? 0, known, froms[entry] ?? 0, lengths[entry] ?? 0)] = entry
    }
  }
  const self: ByteNames = {
    end: 0,
    add(name, number) {
      const from = (froms.at(-1) ?? 0) + (lengths.at(-1) ?? 0)
      if (from + name.length > known.length) known = withRoom(known, from + name.length)
      let hash = SEED
      for (let at = 0; at < name.length; at += 1) {
        const byte = name.charCodeAt(at)
        if (ordinary[byte] !== 1) return
        known[from + at] = byte
        hash = mixed(hash, byte)
      }
      if (name === '' || name !== name.trim()) return
      const slot = slotOf(hash, known, from, name.length)
      if (slots[slot] !== 0) return
      froms.push(from)
      lengths.push(name.length)
      numbers.push(number)
      slots[slot] = hashes.push(hash) - 1
      if (hashes.length * 2 > slots.length) grow()
    },
    read(bytes, start) {
      // Rows of one name often follow each other.
      const lastEnd = start + lastLength
      if (ordinary[bytes[lastEnd] ?? 0] !== 1 && isAt(lastFrom, lastLength, bytes, start)) {
        self.end = lastEnd
        return lastNumber
      }
      let hash = SEED
      let at = start
      for (; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (ordinary[byte] !== 1) break
        hash = mixed(hash, byte)
      }
      self.end = at
      const entry = slots[slotOf(hash, bytes, start, at - start)] ?? 0
      lastFrom = froms[entry] ?? 0
      lastLength = lengths[entry] ?? 0
      lastNumber = numbers[entry] ?? -1
      return lastNumber
    },
  }
  return self
}

function withRoom(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, bytes.length * 2))
  larger.set(bytes)
  return larger
}

/** FNV-1a; its high bits are folded into the low ones. */
const SEED = 0x811c9dc5

function mixed(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193)
}
