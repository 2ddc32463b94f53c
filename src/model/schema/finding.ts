import type * as z from 'zod'
import { nearestOf } from '../../nearest.ts'

/** What is wrong with a file: where, why, and what would be right. */
export type Finding = { readonly path: string; readonly problem: string; readonly remedy: string }

export function finding(path: Path, problem: string, remedy: string): Finding {
  return { path: pathText(path), problem, remedy }
}

export type Path = readonly PropertyKey[]

/** `components[0].measures[1].scale` */
function pathText(path: Path): string {
  const text = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text.replace(/^\./, '') || '(the file)'
}

/** A schema's refusals in words. `keys` are all keys that a file may have anywhere, to name the nearest. */
export function findingsOf(error: z.ZodError, keys: readonly string[]): Finding[] {
  return error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey([...issue.path, key], key, keys))
    if (issue.code === 'custom' && typeof issue.params?.remedy === 'string') {
      return [finding(issue.path, issue.message, issue.params.remedy)]
    }
    if (issue.code === 'invalid_type' && issue.path.length === 0) return [NO_KEYS]
    return [finding(issue.path, problemOf(issue), remedyOf(issue))]
  })
}

const NO_KEYS = finding([], 'It has no keys.', 'See docs/model.md for the form.')

/** Adds a refusal with its remedy to a zod check. */
export function refuse(context: z.RefinementCtx, problem: string, remedy: string, path: Path = []): void {
  context.addIssue({ code: 'custom', message: problem, params: { remedy }, path: [...path] })
}

function unknownKey(path: Path, key: string, keys: readonly string[]): Finding {
  const renamed = RENAMED[key]
  if (renamed !== undefined) {
    return finding(path, `"${key}" is called "${renamed}" now.`, 'Rename the key; its value stays as it is.')
  }
  const nearest = nearestOf(key, keys)
  const remedy = nearest === undefined ? 'Remove it.' : `Did you mean "${nearest}"? Otherwise remove it.`
  return finding(path, `"${key}" is not a valid key here.`, remedy)
}

/** Keys of earlier versions, and what they are called now. */
const RENAMED: Readonly<Record<string, string>> = { ladder: 'escalation' }

type Issue = z.ZodError['issues'][number]

function problemOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'It is missing.'
  if (issue.code === 'invalid_type') return `It should be ${article(issue.expected)}.`
  if (issue.code === 'invalid_value') return `${quoted(issue.input)} is not a valid value.`
  if (issue.code === 'too_small') return `It is too small: ${limitOf('at least', issue.minimum, issue.inclusive)}.`
  if (issue.code === 'too_big') return `It is too large: ${limitOf('at most', issue.maximum, issue.inclusive)}.`
  return `${issue.message}.`
}

/** Whether the schema says itself what would be right. */
function hasOwnWords({ code, message }: Issue): boolean {
  return (code === 'invalid_type' || code === 'too_small') && !/^(Invalid|Too)/.test(message)
}

function remedyOf(issue: Issue): string {
  if (hasOwnWords(issue)) return `${issue.message}.`
  if (issue.code === 'invalid_value') return `Write one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'too_small') return `Write a value of ${limitOf('at least', issue.minimum, issue.inclusive)}.`
  if (issue.code === 'too_big') return `Write a value of ${limitOf('at most', issue.maximum, issue.inclusive)}.`
  if (issue.code === 'invalid_type') return `Write ${article(issue.expected)} here.`
  return 'See docs/model.md for the form.'
}

function limitOf(words: 'at least' | 'at most', limit: number | bigint, inclusive: boolean | undefined): string {
  if (inclusive !== false) return `${words} ${limit}`
  return words === 'at least' ? `above ${limit}` : `below ${limit}`
}

function article(type: string): string {
  const words: Record<string, string> = { array: 'a list', object: 'a group of keys', record: 'a group of keys' }
  return words[type] ?? `a ${type}`
}

function quoted(input: unknown): string {
  return typeof input === 'string' || typeof input === 'number' ? `"${input}"` : 'This'
}
