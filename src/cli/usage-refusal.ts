/** What `commander` refuses, in sentences: it writes `error: unknown option '--bnad'` and `(Did you mean --band?)`. */
export function usageRefusal(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n')
  return `${[sentenceOf(first.replace(/^error: /, '')), ...rest.map(line => line.replace(/^\((.*)\)$/, '$1'))].join('\n')}\n`
}

function sentenceOf(refusal: string): string {
  for (const [pattern, sentence] of SENTENCES) if (pattern.test(refusal)) return refusal.replace(pattern, sentence)
  return `${refusal.charAt(0).toUpperCase()}${refusal.slice(1)}${refusal.endsWith('.') ? '' : '.'}`
}

const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^unknown (command|option) '(.*)'$/, '"$2" is not a valid $1.'],
  [/^required option '(.*)' not specified$/, '$1 is missing.'],
  [/^option '(.*)' argument missing$/, '$1 needs a value.'],
  [/^missing required argument '(.*)'$/, 'The argument <$1> is missing.'],
]
