/** A message as it was called before: by one text, put together in eighteen ways. */
export type FormerMessage = {
  readonly id: number
  readonly head: number | null
  readonly key: string
  readonly platform: string
  readonly destination: string
}

export type Finder = {
  /** The run of a digest whose first message this is, or whose messages were called so. */
  readonly run: (message: number, name: string) => number | undefined
  readonly account: (id: string) => number | undefined
}

export type Errand = {
  readonly subject: string
  readonly subject_id: string
  readonly purpose: string
  readonly number: number
}

/** What a message is about, and what it is for; what nobody called so stays under the name it had. */
export function errandOf(message: FormerMessage, find: Finder): Errand {
  const { key } = message
  for (const [pattern, read] of GRAMMAR) {
    const match = pattern.exec(key)
    if (match === null) continue
    const [subject, subject_id, purpose, number = '0'] = read(match.slice(1), message, find)
    return { subject, subject_id, purpose, number: Number(number) }
  }
  return { subject: 'unknown', subject_id: key, purpose: 'unknown', number: 0 }
}

type Read = (
  parts: readonly string[],
  message: FormerMessage,
  find: Finder,
) => readonly [subject: string, id: string, purpose: string, number?: string | number | undefined]

const GRAMMAR: readonly (readonly [RegExp, Read])[] = [
  [/^alert:([^:]+):first:\d+$/, ([id = '']) => ['alert', id, 'opened']],
  [/^alert:([^:]+):assigned:(\d+):/, ([id = '', at]) => ['alert', id, 'assigned', at]],
  [/^alert:([^:]+):woke:(\d+):/, ([id = '', at]) => ['alert', id, 'woken', at]],
  [/^alert:([^:]+):released:(\d+):/, ([id = '', at]) => ['alert', id, 'released', at]],
  [/^alert:([^:]+):resolved:/, ([id = '']) => ['alert', id, 'resolved']],
  [/^(alert|task):([^:]+)(?::(\d+))?:rung:\d+$/, ([of = '', id = '', reopened]) => [of, id, 'step', reopened]],
  [/^storm:-?\d+:.+:([^:]+)$/, ([first = '']) => ['storm', first, 'opened']],
  [/^ladder:(\d+):.+:(?:alert|task):([^:]+?)(?::\d+)?$/, ([at, first = '']) => ['escalation', first, 'step', at]],
  [/^task:([^:]+):to:/, ([id = '']) => ['task', id, 'assigned']],
  [/^run:([^:]+):/, ([id = '']) => ['run', id, 'tasks']],
  [/^runs:-?\d+:([^:]+):/, ([first = '']) => ['runs', first, 'tasks']],
  [
    /^digest:([^:]+):(-?\d+):(.+):(\d+)$/,
    ([name, slot, to, part], { id, head }, find) => {
      const run = `${name}:${slot}:${to}`
      return ['digest', String(find.run(head ?? id, run) ?? run), 'news', part]
    },
  ],
  [
    /^told:([^:]+):(-?\d+)$/,
    ([name, slot], { id, platform, destination }, find) => {
      const run = `${name}:${slot}:${platform}:${destination}`
      return ['digest', String(find.run(id, run) ?? run), 'baseline']
    },
  ],
  [
    /^owner:(.+):(\d+):[^:]+$/,
    ([id = '', at], _, find) => ['account', String(find.account(id) ?? id), 'new_owner', at],
  ],
  [/^released:(.+):(\d+):[^:]+$/, ([name = '', at]) => ['person', name, 'released', at]],
  [/^pulses:(\d{4}-\d\d-\d\d):(.+)$/, ([day = '', owner = '']) => ['person', owner, 'pulses', Date.parse(day)]],
  [/^rule:([^:]+):(\d+):/, ([kind = '', at]) => ['rule', kind, 'muted', at]],
  [/^late:(.+):(\d+)$/, ([delivery = '', part]) => ['request', delivery, 'answer', part]],
  [
    /^fault:(.+):(\d{4}-\d\d-\d\d):[^:]+:.+$/,
    ([where = '', day = '']) => ['destination', where, 'fault', Date.parse(day)],
  ],
]
