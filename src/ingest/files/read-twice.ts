/** Bytes of which the first can be read a second time, and then all that follow. */
export function readTwice(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]()
  const shared = { [Symbol.asyncIterator]: () => iterator }
  const first: Uint8Array[] = []
  let isKept = true
  async function* once() {
    for await (const chunk of shared) {
      if (isKept) first.push(chunk)
      yield chunk
    }
  }
  async function* again() {
    yield* first
    yield* shared
  }
  return {
    once: once(),
    again: again(),
    /** Returns what was read so far, which is what can be read again. */
    enough(): Uint8Array {
      isKept = false
      return Buffer.concat(first)
    },
  }
}
