import { account } from './account.ts'
import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import type { Command } from './command.ts'
import { compare } from './compare.ts'
import { digest } from './digest.ts'
import { explain } from './explain.ts'
import { help } from './help.ts'
import { list } from './list.ts'
import { mine } from './mine.ts'
import { model } from './model.ts'
import { withoutWords } from './naming-rest.ts'
import { playbooks } from './playbooks.ts'
import { precision } from './precision.ts'
import { preferences } from './preferences.ts'
import { pulse } from './pulse.ts'
import { pulses } from './pulses.ts'
import { tasks } from './tasks.ts'
import { timeline } from './timeline.ts'
import type { CommandName } from './vocabulary.ts'
import { whatIf } from './what-if.ts'

/** Every command. `show` is what any other words mean, `mine` what no words mean. */
export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  show: account,
  mine: withoutWords(mine),
  list,
  explain,
  'what-if': whatIf,
  compare,
  model,
  pulse,
  preferences,
  pulses: withoutWords(pulses),
  alerts,
  tasks,
  playbooks: withoutWords(playbooks),
  precision,
  timeline,
  digest,
  audit,
  help: withoutWords(help),
}
