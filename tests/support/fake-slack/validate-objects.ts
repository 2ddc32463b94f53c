import { isThing, listOf, type Thing } from '../thing.ts'

export { isThing, listOf, type Thing } from '../thing.ts'

/** What Slack refuses in the small objects of Block Kit. Each check returns its complaints. */
export function checkKeys(at: string, thing: Thing, allowed: string): string[] {
  const known = new Set(`type ${allowed}`.split(' '))
  return Object.keys(thing)
    .filter(key => !known.has(key))
    .map(key => `${at}: additional property: ${key}`)
}

export function checkText(at: string, value: unknown, max: number, kinds = ['plain_text', 'mrkdwn']): string[] {
  if (!isThing(value)) return [`${at}: missing required field: text`]
  if (typeof value.type !== 'string' || !kinds.includes(value.type)) return [`${at}: unsupported type: ${value.type}`]
  return [
    ...checkKeys(at, value, value.type === 'plain_text' ? 'text emoji' : 'text verbatim'),
    ...checkString(`${at}/text`, value.text, max),
  ]
}

export function checkPlain(at: string, value: unknown, max: number): string[] {
  return checkText(at, value, max, ['plain_text'])
}

export function checkString(at: string, value: unknown, max: number): string[] {
  if (typeof value !== 'string') return [`${at}: must be a string`]
  if (value.trim() === '') return [`${at}: must be more than 0 characters`]
  if (value.length > max) return [`${at}: must be less than ${max + 1} characters`]
  return /\p{Cs}/u.test(value) ? [`${at}: is not well-formed`] : []
}

/** What nobody reads may be blank, but not empty. */
export function checkOptional(at: string, value: unknown, max: number): string[] {
  if (value === undefined) return []
  return typeof value === 'string' && value.length >= 1 && value.length <= max
    ? []
    : [`${at}: must be between 1 and ${max} characters`]
}

export function checkOptions(at: string, value: unknown, max: number): string[] {
  const options = listOf(value)
  if (options.length === 0) return [`${at}: no options provided`]
  if (options.length > max) return [`${at}: no more than ${max} options allowed`]
  const values = options.map(option => (isThing(option) ? option.value : undefined))
  return [
    ...options.flatMap((option, n) => checkOption(`${at}/${n}`, option)),
    ...(new Set(values).size < values.length ? [`${at}: option values must be unique`] : []),
  ]
}

export function checkOption(at: string, option: unknown): string[] {
  if (!isThing(option)) return [`${at}: must be an option`]
  return [
    ...checkKeys(at, option, 'text value description url'),
    ...checkText(`${at}/text`, option.text, 75),
    ...checkString(`${at}/value`, option.value, 150),
    ...(option.description === undefined ? [] : checkPlain(`${at}/description`, option.description, 75)),
  ]
}

/** An initial option must equal one of the options. */
export function checkInitial(at: string, element: Thing): string[] {
  if (element.initial_option === undefined) return []
  const same = listOf(element.options).some(option => JSON.stringify(option) === JSON.stringify(element.initial_option))
  return same ? [] : [`${at}: initial_option is not among the options`]
}

export function duplicates(what: string, ids: readonly unknown[]): string[] {
  const given = ids.filter(id => id !== undefined)
  return given
    .filter((id, n) => given.indexOf(id) < n)
    .map(id => `\`${what}\` ${JSON.stringify(id)} already exists in this payload`)
}
