import { connect, createServer, type Socket } from 'node:net'

type Pair = readonly [Socket, Socket]

/** As PostgreSQL's protocol has it: a letter, four bytes of length, the statement, a zero. */
const BEGINS = /Q\0\0\0.(begin|start transaction)[^\0]*\0/s
const ENDS = /Q\0\0\0.(commit|rollback)\0/s
/** A statement is sent with a name once, and by its name alone from then on. */
const NAMES = /P.{4}([^\0]+)\0([^\0]*)\0/gs
const BY_NAME = /B.{4}[^\0]*\0([^\0]+)\0/gs

/** A line between a service and its database that can be cut: `url` leads through it to `target`. */
export async function openWeakLine(target: string) {
  let to = new URL(target)
  const pairs = new Set<Pair>()
  const forgotten = new Set<Pair>()
  let state: 'whole' | 'silent' | 'gone' = 'whole'
  let lost: RegExp | undefined

  /** Breaks the line in place of the answer to the statement that is to be lost, or to the end of its transaction. */
  function loseAnswer([near, far]: Pair): void {
    let [isWithin, isWanted] = [false, false]
    const named = new Map<string, string>()
    near.on('data', (chunk: Buffer) => {
      const bytes = chunk.toString('latin1')
      for (const [, name = '', sql = ''] of bytes.matchAll(NAMES)) named.set(name, sql)
      const said = bytes.replace(BY_NAME, (sent, name) => sent + (named.get(name) ?? ''))
      if (BEGINS.test(said)) isWithin = true
      if (lost?.test(said)) isWanted = true
      const isOver = !isWithin || ENDS.test(said)
      if (isOver) isWithin = false
      if (!isWanted || !isOver) return
      isWanted = false
      lost = undefined
      far.unpipe(near)
      far.once('data', () => near.destroy())
    })
  }

  const server = createServer(near => {
    if (state === 'gone') return near.destroy()
    const far = connect(Number(to.port || 5432), to.hostname)
    const pair = [near, far] as const
    pairs.add(pair)
    if (state === 'silent') near.pause()
    loseAnswer(pair)
    for (const [from, into] of [pair, [far, near] as const]) {
      if (state === 'whole') from.pipe(into)
      from.on('error', () => into.destroy())
      from.on('close', () => {
        into.destroy()
        pairs.delete(pair)
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  const url = new URL(target)
  url.host = `127.0.0.1:${address.port}`

  return {
    url: url.href,
    /** The next statement with these words is done, within its transaction if it has one, and its answer does not arrive. */
    loseAnswerTo(words: RegExp): void {
      lost = words
    },
    /** Whether that has happened. */
    hasLost: () => lost === undefined,
    /** Nothing comes through either way, and nobody is told. */
    fallSilent(): void {
      state = 'silent'
      for (const pair of pairs) silence(pair)
    },
    /** Every connection breaks, and none can be made. */
    break(): void {
      state = 'gone'
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
    },
    /** What is connected now stays silent for good, and nobody is told; new connections are as before. */
    forget(): void {
      for (const pair of pairs) {
        silence(pair)
        pairs.delete(pair)
        forgotten.add(pair)
      }
    },
    /** Whole again, to the same database on another server. */
    leadTo(server: string): void {
      to = new URL(server)
      state = 'whole'
    },
    /** What was held back on the way arrives now. */
    mend(): void {
      if (state === 'silent') {
        for (const [near, far] of pairs) {
          near.pipe(far)
          far.pipe(near)
        }
      }
      state = 'whole'
    },
    async close(): Promise<void> {
      for (const [near, far] of [...pairs, ...forgotten]) {
        near.destroy()
        far.destroy()
      }
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function silence([near, far]: Pair): void {
  near.unpipe(far)
  far.unpipe(near)
  near.pause()
}

export type WeakLine = Awaited<ReturnType<typeof openWeakLine>>
