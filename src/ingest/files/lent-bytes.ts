/** Bytes read at a time: more is no faster. */
const SIZE = 256 * 1024

const free: Buffer[] = []
const lent = new WeakMap<ArrayBufferLike, Buffer>()

/**
 * Memory to read into. Whoever is through with it may give it back, to be lent again: fresh memory for each piece of a
 * large file costs a tenth of its import, most of it for collecting garbage.
 */
export function lendBytes(): Buffer {
  const bytes = free.pop() ?? Buffer.allocUnsafeSlow(SIZE)
  lent.set(bytes.buffer, bytes)
  return bytes
}

/** Takes back what nobody looks at anymore; bytes that were not lent are left alone. */
export function giveBack({ buffer }: Uint8Array): void {
  const bytes = lent.get(buffer)
  if (bytes === undefined) return
  lent.delete(buffer)
  if (free.length < MOST_FREE) free.push(bytes)
}

const MOST_FREE = 4
