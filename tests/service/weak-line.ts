import { connect, createServer, type Socket } from 'node:net'

type Pair = readonly [Socket, Socket]

/** A line between a service and its database that can be cut: `url` leads through it to `target`. */
export async function openWeakLine(target: string) {
  const to = new URL(target)
  const pairs = new Set<Pair>()
  const forgotten = new Set<Pair>()
  let state: 'whole' | 'silent' | 'gone' = 'whole'

  const server = createServer(near => {
    if (state === 'gone') return near.destroy()
    const far = connect(Number(to.port || 5432), to.hostname)
    const pair = [near, far] as const
    pairs.add(pair)
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
}

export type WeakLine = Awaited<ReturnType<typeof openWeakLine>>
