import type { Asked } from './worker-end.ts'
import type { Conversation } from './worker-thread.ts'

type Piece = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly end: 'whole' | 'broken' }

/** Pieces of up to 64 kB that may be on their way while the thread is busy with an earlier one. */
const MOST_AHEAD = 4

/** Hands a body over to a thread piece by piece, no faster than the thread takes it. */
export function bodySender(chunks: AsyncIterable<Uint8Array>) {
  let [ahead, isOver] = [0, false]
  let goOn = () => {}
  return {
    /**
     * Resolves once everything is handed over. Throws what `chunks` throws; the thread then knows that no more will
     * come.
     */
    async begin(send: Conversation<unknown>['send']): Promise<void> {
      const hand = (piece: Piece) => send(piece, 'bytes' in piece ? [piece.bytes.buffer] : [])
      try {
        for await (const chunk of chunks) {
          while (ahead === MOST_AHEAD && !isOver) await new Promise<void>(resolve => (goOn = resolve))
          if (isOver) return
          ahead += 1
          hand({ bytes: ownBytes(chunk) })
        }
        hand({ end: 'whole' })
      } catch (error) {
        hand({ end: 'broken' })
        throw error
      }
    },
    /** Called when the thread has taken a piece. */
    taken(): void {
      ahead -= 1
      goOn()
    },
    /** Called when no more is wanted. */
    end(): void {
      isOver = true
      goOn()
    },
  }
}

/** The same bytes in a buffer of their own: copied if it may hold other data too. */
function ownBytes(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = chunk
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  return isAlone ? new Uint8Array(buffer) : new Uint8Array(chunk)
}

/** The same body inside the thread; each piece is valid until the next is requested. Throws if it breaks off. */
export function receivedBody({ send, onMessage }: Pick<Asked, 'send' | 'onMessage'>): AsyncIterable<Uint8Array> {
  const pieces: Piece[] = []
  let goOn = () => {}
  onMessage(piece => {
    pieces.push(piece as Piece)
    goOn()
  })
  async function* inTurn() {
    for (;;) {
      const piece = pieces.shift()
      if (piece === undefined) await new Promise<void>(resolve => (goOn = resolve))
      else if ('bytes' in piece) {
        yield Buffer.from(piece.bytes.buffer)
        // Frees it at once: the garbage collector would go through the whole heap for every 64 MB of buffers.
        piece.bytes.buffer.transfer(0)
        send('taken')
      } else if (piece.end === 'whole') return
      else throw new Error('the body broke off')
    }
  }
  return inTurn()
}
