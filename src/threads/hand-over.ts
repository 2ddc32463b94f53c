import type { Asked } from './worker-end.ts'
import type { Conversation } from './worker-thread.ts'

type Piece = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly end: 'whole' | 'broken' }

/** Bytes of a piece at most, and how many may be on their way while the thread is busy with one before them. */
const PIECE = 65_536
const MOST_AHEAD = 4

/**
 * Hands a body over to a thread piece by piece, no faster than the thread takes it. The memory of a piece comes back to be
 * filled again: clearing away what is made anew for each would cost more than copying them.
 */
export function handingOver(chunks: AsyncIterable<Uint8Array>) {
  const empty: ArrayBuffer[] = []
  let [made, isOver] = [0, false]
  let goOn = () => {}

  async function room(): Promise<ArrayBuffer | undefined> {
    while (empty.length === 0 && made === MOST_AHEAD && !isOver) await new Promise<void>(resolve => (goOn = resolve))
    if (isOver) return undefined
    const known = empty.pop()
    if (known === undefined) made += 1
    return known ?? new ArrayBuffer(PIECE)
  }

  return {
    /** Until all of it is handed over. Throws what `chunks` throws; the thread knows then that no more will come. */
    async begin(tell: Conversation<unknown>['tell']): Promise<void> {
      const hand = (piece: Piece) => tell(piece, 'bytes' in piece ? [piece.bytes.buffer] : [])
      try {
        for await (const chunk of chunks) {
          for (let at = 0; at < chunk.length; at += PIECE) {
            const part = chunk.subarray(at, at + PIECE)
            const memory = await room()
            if (memory === undefined) return
            const bytes = new Uint8Array(memory, 0, part.length)
            bytes.set(part)
            hand({ bytes })
          }
        }
        hand({ end: 'whole' })
      } catch (error) {
        hand({ end: 'broken' })
        throw error
      }
    },
    /** The thread has taken a piece, and gives its memory back. */
    taken(memory: unknown): void {
      if (memory instanceof ArrayBuffer) empty.push(memory)
      goOn()
    },
    /** No more is wanted. */
    end(): void {
      isOver = true
      goOn()
    },
  }
}

/** The same body within the thread; a piece is good until the next is asked for. Throws where it breaks off. */
export function handedOver({ say, hear }: Pick<Asked, 'say' | 'hear'>): AsyncIterable<Uint8Array> {
  const pieces: Piece[] = []
  let goOn = () => {}
  hear(piece => {
    pieces.push(piece as Piece)
    goOn()
  })
  async function* inTurn() {
    for (;;) {
      const piece = pieces.shift()
      if (piece === undefined) await new Promise<void>(resolve => (goOn = resolve))
      else if ('bytes' in piece) {
        const { buffer, length } = piece.bytes
        yield Buffer.from(buffer, 0, length)
        say(buffer, [buffer])
      } else if (piece.end === 'whole') return
      else throw new Error('the body broke off')
    }
  }
  return inTurn()
}
