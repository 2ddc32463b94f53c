import { afterEach, expect, it, vi } from 'vitest'
import { LONGEST_LINE } from '../../src/ingest/files/lines.ts'
import { readRows } from '../../src/ingest/http/http-body.ts'
import { SIGNAL } from './service.ts'

const PIECE = 65_536

const keys = (count: number) => Array.from({ length: count }, (_, at) => `"key${at}":1`).join(',')
const array = (count: number, row: (at: number) => string) => `[${Array.from({ length: count }, (_, at) => row(at))}]`

afterEach(() => vi.restoreAllMocks())

it.each([
  ['a million keys in one row', `{${keys(1_000_000)}}`],
  ['a million keys in many rows', array(115, () => `{${keys(9_000)}}`)],
  ['very many signals', array(90_000, at => JSON.stringify({ ...SIGNAL, id: String(at) }))],
  ['an array in an array', `[${array(1_000_000, () => '1')}]`],
])('reads %s piece by piece: between two of them others may have their turn', async (_, body) => {
  everyPieceTakesLong()
  const work = workInEachTurn()

  await readAll(Buffer.from(body), work.onPiece).catch(() => {})

  const { pieces, parsed } = await work.end()
  expect(pieces).toBeLessThanOrEqual(1)
  expect(parsed).toBeLessThanOrEqual(PIECE + LONGEST_LINE)
})

/** Any look at the clock is a whole turn later than the one before. */
function everyPieceTakesLong() {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000))
}

async function readAll(body: Uint8Array, onPiece: () => void) {
  const form = { contentType: 'application/json', list: 'data', noun: 'signal' }
  for await (const _ of readRows(inParts(body, onPiece), form));
}

async function* inParts(body: Uint8Array, onPiece: () => void) {
  for (let at = 0; at < body.length; at += PIECE) {
    onPiece()
    yield body.subarray(at, at + PIECE)
  }
}

/** The most pieces that were taken, and characters that were parsed, between two turns of the event loop. */
function workInEachTurn() {
  const most = { pieces: 0, parsed: 0 }
  let turn = { pieces: 0, parsed: 0 }
  let isOver = false
  const parse = JSON.parse
  vi.spyOn(JSON, 'parse').mockImplementation((text, ...rest) => {
    turn.parsed += text.length
    return parse(text, ...rest)
  })
  const look = () => {
    most.pieces = Math.max(most.pieces, turn.pieces)
    most.parsed = Math.max(most.parsed, turn.parsed)
    turn = { pieces: 0, parsed: 0 }
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  return {
    onPiece: () => {
      turn.pieces += 1
    },
    async end() {
      await new Promise(resolve => setImmediate(resolve))
      isOver = true
      return most
    },
  }
}
