import type { PersonRole } from './person.ts'

/** What each act needs, and how a refusal calls it. The one table of roles. */
export const PERMISSIONS = {
  'choice.change': { role: 'viewer', words: 'choose what comes when' },
  'pulse.submit': { role: 'csm', words: 'submit a pulse' },
  'outcome.record': { role: 'csm', words: 'record an outcome' },
  'account.retire': { role: 'csm', words: 'retire an account' },
  'comment.add': { role: 'csm', words: 'add to a timeline' },
  'alert.claim': { role: 'csm', words: 'claim an alert' },
  'alert.assign': { role: 'csm', words: 'assign an alert' },
  'alert.snooze': { role: 'csm', words: 'snooze an alert' },
  'alert.wake': { role: 'csm', words: 'wake an alert' },
  'alert.resolve': { role: 'csm', words: 'resolve an alert' },
  'alert.verdict': { role: 'csm', words: 'rate an alert' },
  'storm.send': { role: 'csm', words: 'send the alerts of a storm' },
  'task.change': { role: 'csm', words: 'change a task' },
  'digest.change': { role: 'admin', words: 'change a digest' },
  'model.change': { role: 'admin', words: 'plan or change the model' },
  'review.end': { role: 'admin', words: 'end a quarterly review' },
  'audit.read': { role: 'admin', words: 'read the audit log' },
  'data.import': { role: 'admin', words: 'import a file' },
  'sources.read': { role: 'admin', words: 'see what comes in' },
  'rule.restore': { role: 'admin', words: 'restore a rule' },
} as const satisfies Record<string, { readonly role: PersonRole; readonly words: string }>

export type Act = keyof typeof PERMISSIONS
