import type { Verb } from './shell.ts'

/** Every verb of the command line, in the order of its help. Its file is loaded when it is asked for. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  demo: async () => (await import('./demo/demo.ts')).demo,
  serve: async () => (await import('./serve.ts')).serve,
  mcp: async () => (await import('./mcp.ts')).mcp,
  import: async () => (await import('./sources/import.ts')).importVerb,
  map: async () => (await import('./sources/map.ts')).map,
  watch: async () => (await import('./sources/watch.ts')).watch,
  pull: async () => (await import('./sources/pull.ts')).pull,
  retire: async () => (await import('./accounts/retire.ts')).retire,
  score: async () => (await import('./score.ts')).score,
  show: async () => (await import('./accounts/show.ts')).show,
  brief: async () => (await import('./accounts/brief.ts')).brief,
  list: async () => (await import('./accounts/list.ts')).list,
  history: async () => (await import('./accounts/history.ts')).history,
  transitions: async () => (await import('./accounts/history.ts')).transitions,
  digest: async () => (await import('./digest.ts')).digest,
  backtest: async () => (await import('./outcomes/backtest.ts')).backtestVerb,
  trust: async () => (await import('./outcomes/trust.ts')).trustVerb,
  calibrate: async () => (await import('./outcomes/calibrate.ts')).calibrateVerb,
  postmortem: async () => (await import('./outcomes/postmortem.ts')).postmortemVerb,
  model: async () => (await import('./model/model.ts')).model,
  token: async () => (await import('./admin/token.ts')).token,
  backup: async () => (await import('./admin/backup.ts')).backup,
  restore: async () => (await import('./admin/restore.ts')).restore,
  copy: async () => (await import('./admin/copy.ts')).copy,
  audit: async () => (await import('./admin/audit.ts')).audit,
  export: async () => (await import('./export/export.ts')).exportVerb,
  forget: async () => (await import('./admin/forget.ts')).forget,
  doctor: async () => (await import('./admin/doctor.ts')).doctor,
}

/** The verb that these words name; else all of them, for the help and for refusals that guess what was meant. */
export async function verbsFor(words: readonly string[]): Promise<Verb[]> {
  const [word = ''] = words
  const named = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined
  if (named !== undefined) return [await named()]
  return Promise.all(Object.values(VERBS).map(load => load()))
}
