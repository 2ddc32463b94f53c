import { history, transitions } from './accounts/history.ts'
import { list } from './accounts/list.ts'
import { retire } from './accounts/retire.ts'
import { show } from './accounts/show.ts'
import { audit } from './admin/audit.ts'
import { backup } from './admin/backup.ts'
import { doctor } from './admin/doctor.ts'
import { exportVerb } from './admin/export.ts'
import { forget } from './admin/forget.ts'
import { restore } from './admin/restore.ts'
import { token } from './admin/token.ts'
import { demo } from './demo/demo.ts'
import { digest } from './digest.ts'
import { importVerb } from './import.ts'
import { later } from './later.ts'
import { map } from './map.ts'
import { model } from './model/model.ts'
import { backtestVerb } from './outcomes/backtest.ts'
import { calibrateVerb } from './outcomes/calibrate.ts'
import { postmortemVerb } from './outcomes/postmortem.ts'
import { trustVerb } from './outcomes/trust.ts'
import { pull } from './pull.ts'
import { score } from './score.ts'
import { serve } from './serve.ts'
import type { Verb } from './shell.ts'
import { watch } from './watch.ts'

/** Every verb of the command line, in the order of its help. */
export const VERBS: readonly Verb[] = [
  demo,
  serve,
  importVerb,
  map,
  watch,
  pull,
  retire,
  score,
  show,
  list,
  history,
  transitions,
  digest,
  backtestVerb,
  trustVerb,
  calibrateVerb,
  postmortemVerb,
  model,
  token,
  backup,
  restore,
  audit,
  exportVerb,
  forget,
  doctor,
  later,
]
