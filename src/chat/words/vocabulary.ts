import type { PersonRole } from '../../domain/people/person.ts'

/** What a command is about, in the order of the help. */
export type Group = 'day' | 'account' | 'portfolio' | 'help'

export type Word = {
  readonly group: Group
  /** Who it is for, where that is not everybody. */
  readonly role?: PersonRole
  readonly usage: string
  readonly does: string
}

/** The words of the chat commands, in the order of the help. What each does is in the file of its name. */
export const VOCABULARY = {
  show: {
    group: 'account',
    usage: '/health NAME',
    does: 'the account: its score, the reasons, owner, renewal, last pulse; with --as-of 2026-08-01 as it was then, with since 30d what moved',
  },
  mine: { group: 'day', usage: '/health', does: 'your own accounts, worst first' },
  home: { group: 'day', usage: '/health home', does: 'what is yours to do today' },
  five: {
    group: 'day',
    usage: '/health five',
    does: 'the accounts that need you most today, with what to do about each',
  },
  list: {
    group: 'portfolio',
    usage: '/health list [BAND] [owner:NAME] [segment:NAME] [renewal:90] [falling]',
    does: 'the portfolio, worst first: a BAND such as at-risk, falling or rising, renewal within 90 days, or retired',
  },
  explain: { group: 'account', usage: '/health explain NAME', does: 'every point of the score, with its evidence' },
  'what-if': { group: 'account', usage: '/health what-if NAME', does: 'what would lift the account to the next band' },
  compare: {
    group: 'account',
    usage: '/health compare NAME --presets',
    does: 'how the other presets band the same score',
  },
  model: {
    group: 'portfolio',
    usage: '/health model',
    does: 'how the score is made: its components, weights and bands; for admins, with plan NAME what another model would change',
  },
  pulse: { group: 'account', role: 'csm', usage: '/health pulse NAME', does: 'rate the relationship yourself, 1 to 5' },
  preferences: {
    group: 'day',
    usage: '/health preferences [score words|grade|rank] [messages PLATFORM|last]',
    does: 'how you see scores, with a letter or a rank, and on which platform I write to you',
  },
  connect: {
    group: 'day',
    usage: '/health connect [list]',
    does: 'a code that lets your assistant ask for you, and the assistants that do; list alone gives no new code',
  },
  pulses: {
    group: 'day',
    role: 'csm',
    usage: '/health pulses',
    does: 'your accounts that need a pulse, each rated by one press',
  },
  alerts: {
    group: 'day',
    usage: '/health alerts [mine|unclaimed|NAME]',
    does: 'the open alerts: all, yours, those that nobody has claimed, or those of an account',
  },
  tasks: {
    group: 'day',
    usage: '/health tasks [NAME]',
    does: 'your open tasks, overdue ones first; with NAME those of an account, and a button to add one',
  },
  playbooks: {
    group: 'portfolio',
    usage: '/health playbooks',
    does: 'how accounts did after a play, compared with similar ones without',
  },
  precision: {
    group: 'portfolio',
    usage: '/health precision',
    does: 'what people said about the alerts, by rule and owner; admins restore a muted rule with restore KIND',
  },
  timeline: {
    group: 'account',
    usage: '/health timeline NAME',
    does: 'what happened: comments, pulses, alerts, tasks, changes of band',
  },
  brief: {
    group: 'account',
    usage: '/health brief NAME [qbr|handover|escalation]',
    does: 'one page to prepare a meeting with: the score and why, promises, people, money, open questions; with --as-of 2026-08-01 as it was then',
  },
  outcome: {
    group: 'account',
    usage: '/health outcome NAME [KIND --on DAY --reason WHY]',
    does: 'what really happened: KIND is renewed, expanded, contracted or churned; without it what is recorded; with remove --on DAY takes it back',
  },
  trust: {
    group: 'portfolio',
    usage: '/health trust',
    does: 'whether the score can be trusted: four floors, by what really happened',
  },
  backtest: {
    group: 'portfolio',
    usage: '/health backtest [90d] [last 20]',
    does: 'what the score said that long before each outcome, against what happened',
  },
  postmortem: {
    group: 'account',
    usage: '/health postmortem NAME',
    does: 'what was said and done before the account left',
  },
  digest: {
    group: 'portfolio',
    usage: '/health digest [now NAME]',
    does: 'the digests; now shows you what one would say; for admins create, edit, pause or resume NAME',
  },
  topics: {
    group: 'portfolio',
    usage: '/health topics',
    does: 'what customers write about again and again, in 90 days',
  },
  sources: {
    group: 'portfolio',
    role: 'admin',
    usage: '/health sources',
    does: 'what comes in, from where, and what went silent; for admins',
  },
  audit: {
    group: 'account',
    role: 'admin',
    usage: '/health audit NAME',
    does: 'who did what about the account; for admins',
  },
  help: { group: 'help', usage: '/health help', does: 'this list' },
} as const satisfies Readonly<Record<string, Word>>

export type CommandName = keyof typeof VOCABULARY

export const COMMAND_NAMES = Object.keys(VOCABULARY) as CommandName[]
