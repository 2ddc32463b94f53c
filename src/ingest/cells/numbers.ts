import { withoutInvisible } from './invisible.ts'
import { finiteIn, numberProblem, quoted, type Refusal, refuse } from './values.ts'

/** The sign before decimals. */
export type DecimalSign = '.' | ','

/** A text that is not a number, or could be two. */
type NumberRefusal = Refusal & { readonly isAmbiguous?: true }

/** Reads the numbers of one file. Undefined if the file must be scanned first: await `settle`, then try again. */
export type NumberReader = {
  read(column: string, text: string): number | NumberRefusal | undefined
  settle(): Promise<void>
  /** Whether something in the file, or the person importing it, says that numbers are not written like 1234.5. */
  readonly isForeign: boolean
}

/** Whether a dot may be the decimal sign, and whether 1.234 is unambiguous by now. */
export type DotFacts = { readonly hasDots: boolean; readonly isDotSure: boolean }

/**
 * Numbers are read with a decimal dot and without grouping, unless something in the file suggests another format:
 * then an ambiguous number, such as 1.234, is refused with both readings. `lookThrough` looks for such a sign.
 */
export function numberReader(
  declared: DecimalSign | undefined,
  hasSign: boolean,
  lookThrough: () => Promise<boolean>,
): NumberReader & DotFacts {
  let isForeign: boolean | undefined = hasSign || undefined
  return {
    read(column, written) {
      if (isOrdinary(written)) {
        const value = declared === ',' ? undefined : finiteIn(written)
        if (value !== undefined) return value
      }
      const text = bare(written)
      const [dot, comma] = [withDot(text), withComma(text)]
      if (declared !== undefined) {
        const value = declared === '.' ? dot : comma
        if (value !== undefined) return value
        const other = declared === '.' ? comma : dot
        return refuse(
          other === undefined
            ? numberProblem(column, written)
            : `${column} ${quoted(written)} does not fit --decimal ${declared}`,
        )
      }
      if (dot === undefined || comma === undefined || dot === comma) {
        return dot ?? comma ?? refuse(numberProblem(column, written))
      }
      if (!text.includes(',') && isForeign !== true) return isForeign === undefined ? undefined : dot
      const remedy = 'write it without grouping, or import with --decimal . or --decimal ,'
      return { reason: `${column} ${quoted(written)} is ${dot} or ${comma}; ${remedy}`, isAmbiguous: true }
    },
    async settle() {
      isForeign ??= await lookThrough()
    },
    get isForeign() {
      return declared === ',' || isForeign === true
    },
    hasDots: declared !== ',',
    get isDotSure() {
      return declared === '.' || isForeign === false
    },
  }
}

/** Whether a number can only be meant with a decimal comma, or with dots that group. */
export function speaksForComma(written: string): boolean {
  if (isOrdinary(written) && finiteIn(written) !== undefined) return false
  const text = bare(written)
  return withDot(text) === undefined && withComma(text) !== undefined
}

const DOT = 46
const ONE_GROUP = /^[+-]?[1-9]\d{0,2}\.\d{3}$/

/** Neither a comma nor a dot that may group: there is only one way to read it. */
function isOrdinary(text: string): boolean {
  return !text.includes(',') && !(text.charCodeAt(text.length - 4) === DOT && ONE_GROUP.test(text))
}

const CURRENCY = /^(?:\p{Sc}|[A-Z]{3}(?=[\s\d+-]))\s*|\s*(?:\p{Sc}|(?<=[\s\d])[A-Z]{3})$/gu

/** Without invisible characters, a currency, and blanks or apostrophes that group. */
function bare(written: string): string {
  const text = withoutInvisible(written)
    .trim()
    .replace(CURRENCY, '')
    .replace(/^([+-])\p{Sc}\s*/u, '$1')
  return /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/u.test(text) ? text.replace(/[\s'’]/gu, '') : text
}

function withDot(text: string): number | undefined {
  return finiteIn(/^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text)
}

function withComma(text: string): number | undefined {
  const grouped = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/.test(text) ? text.replaceAll('.', '') : text
  return grouped.includes('.') ? undefined : finiteIn(grouped.replace(',', '.'))
}
