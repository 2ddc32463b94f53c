/** How the numbers of a column are stored: `base` + `unit` times an integer of `width` bytes, or as they are in 8. */
type Layout = { readonly width: number; readonly base: number; readonly unit: number }

const HEAD = 4 + 1 + 8 + 8
const FLOAT_WIDTH = 8
const RAW: Layout = { width: FLOAT_WIDTH, base: 0, unit: 1 }

/** Columns of numbers as bytes, as few for each column as hold all its numbers exactly. */
export function toBytes(columns: readonly (readonly number[])[]): Uint8Array {
  const layouts = columns.map(layoutOf)
  const size = columns.reduce((sum, { length }, at) => sum + HEAD + length * (layouts[at]?.width ?? 0), 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let start = 0
  for (const [at, numbers] of columns.entries()) {
    const { width, base, unit } = layouts[at] ?? RAW
    view.setUint32(start, numbers.length)
    view.setUint8(start + 4, width)
    view.setFloat64(start + 5, base)
    view.setFloat64(start + 13, unit)
    start += HEAD
    for (let row = 0; row < numbers.length; row += 1) {
      const number = numbers[row] ?? 0
      if (width === FLOAT_WIDTH) view.setFloat64(start + row * 8, number)
      else putInteger(bytes, start + row, numbers.length, width, (number - base) / unit)
    }
    start += numbers.length * width
  }
  return bytes
}

/** The lowest bytes of all numbers come first, then the next ones, so that they are read without a branch. */
function putInteger(bytes: Uint8Array, start: number, step: number, width: number, integer: number): void {
  for (let byte = 0; byte < width; byte += 1) bytes[start + byte * step] = integer >>> (8 * byte)
}

function layoutOf(numbers: readonly number[]): Layout {
  let [least, most] = [Infinity, -Infinity]
  let areWhole = numbers.length > 0
  for (const number of numbers) {
    if (number < least) least = number
    if (number > most) most = number
    areWhole &&= Number.isSafeInteger(number)
  }
  if (!areWhole) return RAW
  const unit = numbers.every(number => (number - least) % 1_000 === 0) ? 1_000 : 1
  const width = [0, 1, 2, 3, 4].find(bytes => (most - least) / unit < 256 ** bytes)
  return width === undefined ? RAW : { width, base: least, unit }
}

/** The columns are valid until something else is read into the same buffers, which are reused and grow. */
export function fromBytes(bytes: Uint8Array, buffers: Float64Array[] = []): Float64Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const columns: Float64Array[] = []
  for (let start = 0; start < bytes.length; ) {
    const length = view.getUint32(start)
    const width = view.getUint8(start + 4)
    const [base, unit] = [view.getFloat64(start + 5), view.getFloat64(start + 13)]
    start += HEAD
    const numbers = bufferFor(length, columns.length, buffers).fill(base)
    if (width === FLOAT_WIDTH) {
      for (let row = 0; row < length; row += 1) numbers[row] = view.getFloat64(start + row * 8)
    } else {
      for (let byte = 0; byte < width; byte += 1) {
        addBytes(numbers, bytes.subarray(start + byte * length), unit * 256 ** byte)
      }
    }
    columns.push(numbers)
    start += length * width
  }
  return columns
}

function bufferFor(length: number, column: number, buffers: Float64Array[]): Float64Array {
  const known = buffers[column]
  const buffer = known !== undefined && known.length >= length ? known : new Float64Array(2 * length)
  buffers[column] = buffer
  return buffer.subarray(0, length)
}

function addBytes(numbers: Float64Array, bytes: Uint8Array, worth: number): void {
  for (let row = 0; row < numbers.length; row += 1) numbers[row] = (numbers[row] ?? 0) + (bytes[row] ?? 0) * worth
}
