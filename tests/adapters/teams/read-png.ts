import { inflateSync } from 'node:zlib'

export type Png = { readonly width: number; readonly height: number; readonly pixels: readonly (readonly number[])[] }

/** Reads a PNG of 8 bits a channel that is not interlaced: enough to look at an icon pixel by pixel. */
export function readPng(file: Buffer): Png {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const [bits, color, , , interlaced] = file.subarray(24, 29)
  const size = { 2: 3, 6: 4 }[color ?? -1]
  if (bits !== 8 || interlaced !== 0 || size === undefined) throw new Error('an icon is of another kind than expected')
  const rows = unfilter(inflateSync(Buffer.concat(dataOf(file))), width * size, height, size)
  const pixels = rows.flatMap(row =>
    Array.from({ length: width }, (_, x) => [...row.subarray(x * size, (x + 1) * size)]),
  )
  return { width, height, pixels }
}

/** The parts of the kind IDAT, in order. */
function dataOf(file: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return parts
}

/** Each row says how it was made from its neighbours: left, above, both, or the nearest of three. */
function unfilter(data: Buffer, width: number, height: number, size: number): Buffer[] {
  let above = Buffer.alloc(width)
  return Array.from({ length: height }, (_, y) => {
    const filter = data[y * (width + 1)]
    const row = Buffer.from(data.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)))
    for (let x = 0; x < width; x++) {
      const [left, up, corner] = [row[x - size] ?? 0, above[x] ?? 0, above[x - size] ?? 0]
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter ?? 0] ?? 0
      row[x] = ((row[x] ?? 0) + guess) & 255
    }
    above = row
    return row
  })
}

function nearest(left: number, up: number, corner: number): number {
  const distance = (value: number) => Math.abs(left + up - corner - value)
  const byLeft = distance(left) <= distance(up) && distance(left) <= distance(corner)
  if (byLeft) return left
  return distance(up) <= distance(corner) ? up : corner
}
