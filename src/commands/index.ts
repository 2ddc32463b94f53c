import { account } from './account.ts'
import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import type { Command } from './command.ts'
import { digest } from './digest.ts'
import { explain } from './explain.ts'
import { help } from './help.ts'
import { list } from './list.ts'
import { mine } from './mine.ts'
import { playbooks } from './playbooks.ts'
import { precision } from './precision.ts'
import { pulse } from './pulse.ts'
import { pulses } from './pulses.ts'
import { tasks } from './tasks.ts'
import { timeline } from './timeline.ts'
import type { CommandName } from './vocabulary.ts'

/** Every command. `show` is what any other words mean, `mine` what no words mean. */
export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  show: account,
  mine,
  list,
  explain,
  pulse,
  pulses,
  alerts,
  tasks,
  playbooks,
  precision,
  timeline,
  digest,
  audit,
  help,
}
