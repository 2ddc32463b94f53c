import type { BriefKind } from '../../domain/briefs/brief-kind.ts'
import { DAY, type Day, dayOf } from '../../domain/time/instant.ts'

/** Longer texts are stories. */
const LONGEST = 160

/**
 * The command that a sentence about many accounts, or about the caller, asks for. Only whole sentences of this
 * table are understood; undefined for any other, since the bot never guesses.
 */
export function commandIn(sentence: string, today: Day): string | undefined {
  if (sentence.length > LONGEST) return undefined
  const text = plain(sentence)
  for (const [pattern, command] of SENTENCES) {
    const found = pattern.exec(text)
    if (found !== null) return typeof command === 'string' ? command : command(found.groups ?? {}, today)
  }
  return undefined
}

/** What is asked about the one account that a sentence names; `rest` is the sentence without the name. */
export function aboutAccount(rest: string): AboutAccount {
  const text = plain(rest.slice(0, LONGEST))
  const since = SPANS.find(([pattern]) => pattern.test(text))?.[1](text)
  const isBrief = /^prepare\b/.test(text)
  return {
    isWhy: /^why\b|\bwhy\b|what (changed|moved|happened)/.test(text),
    ...(since !== undefined && { since }),
    ...(isBrief && {
      brief: /\bhand ?over\b/.test(text) ? 'handover' : /\bescalation\b/.test(text) ? 'escalation' : 'qbr',
    }),
  }
}

type AboutAccount = { readonly since?: string; readonly isWhy: boolean; readonly brief?: BriefKind }

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’`]/gu, "'")
    .replace(/\b(who|what|which|how)'s\b/gu, '$1 is')
    .replace(/[?!.,]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:please |hey |hi |ok |show me |show |tell me |list |give me |can you show me )+/u, '')
    .replace(/(?: please| now| right now| today| at the moment| currently)+$/u, '')
}

type Groups = Readonly<Record<string, string | undefined>>
type Sentence = readonly [RegExp, string | ((groups: Groups, today: Day) => string)]

const ASKING = '(?:who is|who are|which (?:accounts|customers|ones) are|what is|accounts|customers|all accounts)'
const MINE =
  '(?<mine>(?:(?:which|who|what) of )?(?:my|our) (?:accounts|customers)(?: are| that are)? |which of mine are )'
const many = (words: string) =>
  new RegExp(`^(?:(?:${ASKING} )|${MINE})?(?:${words})(?<after> (?:of mine|accounts|customers))?$`, 'u')
const list =
  (what: string) =>
  ({ mine }: Groups) =>
    `list ${what}${mine === undefined || mine.includes('our') ? '' : ' owner:me'}`

const RENEWALS =
  '^(?<mine>my |our )?(?:upcoming |next )?renewals?(?: (?:of|in|within) (?:the )?next (?<n>\\d{1,3}) days| (?:this|the) (?<span>month|quarter|year)| (?:soon|coming up))?$'
const RENEW =
  '^(?:who|which (?<mine>of my )?(?:accounts|customers)|what) (?:will renew|renews?|is up for renewal|are up for renewal)(?: (?:in|within) (?:the )?(?:next )?(?<n>\\d{1,3}) days| this (?<span>month|quarter|year)| soon| next)?$'

const SENTENCES: readonly Sentence[] = [
  [many('at risk|in danger|about to churn|likely to churn'), list('at-risk')],
  [many('need(?:s|ing)? attention|in need of attention'), list('attention')],
  [/^who needs attention$/u, 'list attention'],
  [many('healthy|doing well|fine'), list('healthy')],
  [many('falling|getting worse|worsening|dropping|declining'), list('falling')],
  [/^(?:who|what|which (?:accounts|customers)) (?:fell|dropped|got worse)$/u, 'list falling'],
  [many('rising|improving|getting better|recovering'), list('rising')],
  [new RegExp(RENEWALS, 'u'), renewals],
  [new RegExp(RENEW, 'u'), renewals],
  [/^(?:what are |which are )?my (?:open )?(?:tasks|todos|to-dos|to dos)$/u, 'tasks'],
  [/^what (?:do i have|have i got) to do$/u, 'tasks'],
  [/^(?:what are |which are )?my (?:open )?alerts$/u, 'alerts mine'],
  [/^(?:which alerts|what) (?:is|are) unclaimed$|^unclaimed alerts$/u, 'alerts unclaimed'],
  [/^(?:what are |which are )?(?:the |all )?open alerts$/u, 'alerts'],
  [/^(?:what are |which are |who are )?my (?:accounts|customers|portfolio|book)$/u, 'mine'],
  [/^(?:which pulses are due|my (?:due )?pulses|which accounts need a pulse)$/u, 'pulses'],
  [/^what (?:should|shall|must) i do(?: first| next)?$|^where (?:should|do) i start$/u, 'five'],
  [/^what is mine$|^my (?:day|morning)$/u, 'home'],
  [/^(?:what can (?:you do|i ask)(?: you| here)?|what do you (?:do|understand)|help me|how does this work)$/u, 'help'],
]

function renewals({ mine, n, span }: Groups, today: Day): string {
  const days = n ?? (span === undefined ? 90 : daysLeft(span, today))
  return `list renewal:${days}${mine === undefined || mine === 'our ' ? '' : ' owner:me'}`
}

/** To the last day of the month, quarter or year. */
function daysLeft(span: string, today: Day): number {
  const [year = 1970, month = 1] = today.split('-').map(Number)
  const months = span === 'month' ? 1 : span === 'quarter' ? 3 : 12
  const next = Date.UTC(year, Math.ceil(month / months) * months, 1)
  return Math.round((next - Date.parse(dayOf(Date.parse(today)))) / DAY) - 1
}

const LENGTHS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }

/** What stands after `since` in the words of a command. */
const SPANS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [
    /\b(?:last|past|previous) (\d{1,3}) (day|week|month|quarter|year)s?\b/u,
    text => {
      const [, n = '1', unit = 'day'] =
        /\b(?:last|past|previous) (\d{1,3}) (day|week|month|quarter|year)s?\b/u.exec(text) ?? []
      return `${Number(n) * (LENGTHS[unit] ?? 1)}d`
    },
  ],
  [/\b(?:last|this|past|previous) week\b/u, () => '7d'],
  [/\b(?:last|this|past|previous) month\b/u, () => '30d'],
  [/\b(?:last|this|past|previous) quarter\b/u, () => '90d'],
  [/\b(?:last|this|past|previous) year\b/u, () => '365d'],
  [/\byesterday\b/u, () => 'yesterday'],
]
