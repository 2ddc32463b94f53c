import type { Clues } from '../clues/clues.ts'
import { type ColumnProfile, plainWords } from '../clues/profile.ts'
import { idOf } from './id-of.ts'

type Written = Record<string, unknown>

/** What became of accounts, and when. */
export function outcomes({ one, account }: Clues): Written | undefined {
  const [outcome, churned, at] = [one('outcome'), one('churned_on'), one('at')]
  if (account === undefined || (churned === undefined && (outcome === undefined || at === undefined))) return undefined
  const on = churned ?? at
  const text = one('text')
  const written = {
    outcome:
      outcome === undefined
        ? { value: 'churned' }
        : { column: outcome.name, words: outcomeWords(outcome), other_words: 'leave_out' },
    account,
    on: on?.name,
    ...(one('arr') && { arr: one('arr')?.name }),
    ...(one('reason') && { reason: one('reason')?.name }),
    ...(text && { note: text.name }),
  }
  const comments = text === undefined ? [] : [{ account, text: text.name, at: on?.name }]
  return { outcomes: [written], ...(comments.length > 0 && { comments }) }
}

/** Something was asked of support. */
export function tickets({ one, account, columns, meanings }: Clues): Written | undefined {
  const at = one('at')
  const isSupport =
    one('subject') !== undefined ||
    one('priority') !== undefined ||
    columns.some(({ words }) => /^(?:ticket|conversation|case|request)s?(?: (?:id|number|nr|no|key))?$/.test(words))
  if (account === undefined || at === undefined || !isSupport) return undefined
  const id = idOf(one('row_id'))
  const priority = one('priority')
  const urgent = [...(priority?.values.keys() ?? [])].filter(word =>
    /urgent|critical|p0|p1|sev ?1|kritisch|dringend|highest/i.test(word),
  )
  const named = (pattern: RegExp) => columns.find(column => pattern.test(column.words) && column.numbers >= 0.6)
  const [first, solved, csat, escalated] = [
    named(/first (?:response|reply)/),
    named(/resolution/),
    columns.find(({ name }) => meanings.get(name) === 'csat'),
    columns.find(({ words }) => /escalat/.test(words)),
  ]
  const hours = ({ name, words }: ColumnProfile) =>
    /min/.test(words)
      ? { column: name, times: 0.0166666666666667 }
      : /sec/.test(words)
        ? { column: name, times: 0.000277777777777778 }
        : name
  return {
    signals: [
      { metric: 'tickets_opened', account, value: 1, at: at.name, ...id },
      ...(escalated === undefined
        ? urgent.length === 0
          ? []
          : [
              {
                metric: 'escalations',
                only: { column: priority?.name, one_of: urgent },
                account,
                value: 1,
                at: at.name,
                ...id,
              },
            ]
        : [
            {
              metric: 'escalations',
              only: { column: escalated.name, one_of: ['true', 'yes', '1', 'ja'] },
              account,
              value: 1,
              at: at.name,
              ...id,
            },
          ]),
      ...(csat === undefined ? [] : [{ metric: 'csat', account, value: csat.name, at: at.name, ...id }]),
      ...(first === undefined
        ? []
        : [{ metric: 'first_response_hours', account, value: hours(first), at: at.name, ...id }]),
      ...(solved === undefined
        ? []
        : [{ metric: 'resolution_hours', account, value: hours(solved), at: at.name, ...id }]),
    ],
  }
}

/** Somebody answered how likely they are to recommend us, or how satisfied they are. */
export function answers({ one, account }: Clues): Written | undefined {
  const [nps, csat, at, text] = [one('nps'), one('csat'), one('at'), one('text')]
  if (account === undefined || at === undefined || (nps === undefined && csat === undefined)) return undefined
  if (one('arr') !== undefined || one('renewal_on') !== undefined) return undefined
  const id = idOf(one('row_id'))
  return {
    signals: [
      ...(nps === undefined ? [] : [{ metric: 'nps', account, value: nps.name, at: at.name, ...id }]),
      ...(csat === undefined ? [] : [{ metric: 'csat', account, value: csat.name, at: at.name, ...id }]),
    ],
    ...(text !== undefined && { comments: [{ account, text: text.name, at: at.name, ...id }] }),
  }
}

function outcomeWords({ values }: ColumnProfile): Record<string, string | null> {
  const kind = (word: string) =>
    /churn|lost|cancel|gekundigt/.test(word)
      ? 'churned'
      : /expan|upsell|grow/.test(word)
        ? 'expanded'
        : /contract|down/.test(word)
          ? 'contracted'
          : /renew|won|verlanger/.test(word)
            ? 'renewed'
            : null
  return Object.fromEntries([...values.keys()].slice(0, 30).map(word => [word, kind(plainWords(word))]))
}
