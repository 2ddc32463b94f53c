import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { demo } from './demo.ts'
import { digest } from './digest.ts'
import { doctor } from './doctor.ts'
import { exportVerb } from './export.ts'
import { forget } from './forget.ts'
import { history, transitions } from './history.ts'
import { importVerb } from './import.ts'
import { later } from './later.ts'
import { list } from './list.ts'
import { model } from './model.ts'
import { restore } from './restore.ts'
import { retire } from './retire.ts'
import { score } from './score.ts'
import { serve } from './serve.ts'
import type { Verb } from './shell.ts'
import { show } from './show.ts'
import { token } from './token.ts'

/** Every verb of the command line, in the order of its help. */
export const VERBS: readonly Verb[] = [
  demo,
  serve,
  importVerb,
  retire,
  score,
  show,
  list,
  history,
  transitions,
  digest,
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
