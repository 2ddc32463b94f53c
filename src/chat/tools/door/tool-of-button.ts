import type { Action, Button } from '../../../views/card.ts'
import type { ToolCall } from '../tool-call.ts'

/** The buttons that do the same as a tool; the others lead to features of chat only. */
const TOOL_OF: Partial<Record<Action, (value: string) => ToolCall>> = {
  show: value => ({ tool: 'account_health', arguments: { account: value } }),
  explain: value => ({ tool: 'explain_score', arguments: { account: value } }),
  'what-if': value => ({ tool: 'what_would_help', arguments: { account: value } }),
  timeline: value => ({ tool: 'timeline', arguments: { account: value } }),
  tasks: value => ({ tool: 'tasks', arguments: value === '' ? {} : { account: value } }),
  claim: value => ({ tool: 'claim_alert', arguments: { alert: value } }),
}

export function toolOfButton({ action, value }: Button): ToolCall | undefined {
  return TOOL_OF[action]?.(value)
}
