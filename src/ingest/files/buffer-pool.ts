/** Bytes read at a time: reading more is no faster. */
const SIZE = 256 * 1024

const free: Buffer[] = []
const inUse = new WeakMap<ArrayBufferLike, Buffer>()

/**
 * A buffer to read into, which may be returned and used again: a new one for each piece of a large file costs a tenth of its
 * import, most of it for garbage collection.
 */
export function takeBuffer(): Buffer {
  const bytes = free.pop() ?? Buffer.allocUnsafeSlow(SIZE)
  inUse.set(bytes.buffer, bytes)
  return bytes
}

/** Takes back a buffer that nobody uses anymore; bytes from elsewhere are left alone. */
export function returnBuffer({ buffer }: Uint8Array): void {
  const bytes = inUse.get(buffer)
  if (bytes === undefined) return
  inUse.delete(buffer)
  if (free.length < MOST_FREE) free.push(bytes)
}

const MOST_FREE = 4
