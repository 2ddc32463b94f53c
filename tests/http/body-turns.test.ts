import { expect, it } from 'vitest'
import { readRows } from '../../src/ingest/http/http-body.ts'
import { SIGNAL } from './service.ts'

const keys = (count: number) => Array.from({ length: count }, (_, at) => `"key${at}":1`).join(',')
const array = (count: number, row: (at: number) => string) => `[${Array.from({ length: count }, (_, at) => row(at))}]`

it.each([
  ['a million keys in one row', `{${keys(1_000_000)}}`],
  ['a million keys in many rows', array(115, () => `{${keys(9_000)}}`)],
  ['very many signals', array(90_000, at => JSON.stringify({ ...SIGNAL, id: String(at) }))],
  ['an array in an array', `[${array(1_000_000, () => '1')}]`],
])('reads %s in short turns, never in one go', async (_, body) => {
  // About 10 ms each; a machine that is busy or collects garbage stretches a turn now and then, and not each time.
  let worst = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 3 && worst >= 1; tries += 1) {
    const turns = longestTurn()
    await readAll(body).catch(() => {})
    const { longest, whole } = await turns.end()
    worst = longest / Math.max(50, whole / 8)
  }
  expect(worst).toBeLessThan(1)
})

async function readAll(body: string) {
  const form = { contentType: 'application/json', list: 'data', noun: 'signal' }
  for await (const _ of readRows(inParts(Buffer.from(body)), form));
}

async function* inParts(body: Buffer) {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536)
}

/** Of the work between two turns of the event loop; not of the time, in which a busy machine does other things. */
function longestTurn() {
  // Node 22 knows the work of the whole process alone.
  const usage = process.threadCpuUsage ?? process.cpuUsage
  const worked = () => usage().user / 1_000
  const start = worked()
  let [last, longest, isOver] = [start, 0, false]
  const look = () => {
    longest = Math.max(longest, worked() - last)
    last = worked()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  return {
    async end() {
      await new Promise(resolve => setImmediate(resolve))
      look()
      isOver = true
      return { longest, whole: worked() - start }
    },
  }
}
