import { accountHealth, explainScore, findAccounts, whatWouldHelp } from './accounts.ts'
import { alerts, claimAlert, resolveAlert } from './alerts.ts'
import { brief } from './brief.ts'
import { backtest, model } from './model.ts'
import { listAccounts, portfolio } from './portfolio.ts'
import { recordPulse } from './pulse.ts'
import { completeTask, tasks } from './tasks.ts'
import { addToTimeline, timeline } from './timeline.ts'
import type { Tool } from './tool.ts'
import { whatMoved } from './what-moved.ts'

/** What assistants can look up and do, one line each. */
export const TOOLS: readonly Tool[] = [
  findAccounts,
  accountHealth,
  explainScore,
  whatMoved,
  whatWouldHelp,
  listAccounts,
  portfolio,
  alerts,
  tasks,
  timeline,
  brief,
  model,
  backtest,
  claimAlert,
  resolveAlert,
  completeTask,
  recordPulse,
  addToTimeline,
]
