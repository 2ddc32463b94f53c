import { account } from './accounts/account.ts'
import { compare } from './accounts/compare.ts'
import { explain } from './accounts/explain.ts'
import { whatIf } from './accounts/what-if.ts'
import { alerts } from './alerts/alerts.ts'
import { precision } from './alerts/precision.ts'
import { brief } from './briefs/brief.ts'
import { type Command, readOnly } from './command.ts'
import { digest } from './digests/digest.ts'
import { five } from './home/five.ts'
import { home } from './home/home.ts'
import { model } from './model/model.ts'
import { backtest } from './outcomes/backtest.ts'
import { outcome } from './outcomes/outcome.ts'
import { postmortem } from './outcomes/postmortem.ts'
import { trust } from './outcomes/trust.ts'
import { connect } from './people/connect.ts'
import { preferences } from './people/preferences.ts'
import { playbooks } from './playbooks/playbooks.ts'
import { tasks } from './playbooks/tasks.ts'
import { list } from './portfolio/list.ts'
import { mine } from './portfolio/mine.ts'
import { pulse } from './pulses/pulse.ts'
import { pulses } from './pulses/pulses.ts'
import { sources } from './sources/sources.ts'
import { topics } from './sources/topics.ts'
import { audit } from './timeline/audit.ts'
import { timeline } from './timeline/timeline.ts'
import { help } from './words/help.ts'
import { withoutWords } from './words/naming-rest.ts'
import type { CommandName } from './words/vocabulary.ts'

/** Every command. `show` is what any other words mean, `mine` what no words mean. */
export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  show: readOnly(account),
  mine: readOnly(withoutWords(mine)),
  home,
  five: withoutWords(five),
  list: readOnly(list),
  explain: readOnly(explain),
  'what-if': readOnly(whatIf),
  compare: readOnly(compare),
  model,
  pulse,
  preferences,
  connect,
  pulses,
  alerts,
  tasks,
  playbooks: withoutWords(playbooks),
  precision,
  timeline,
  brief,
  outcome,
  trust: withoutWords(trust),
  backtest,
  postmortem,
  digest,
  topics: withoutWords(topics),
  sources: withoutWords(sources),
  audit,
  help: withoutWords(help),
}
