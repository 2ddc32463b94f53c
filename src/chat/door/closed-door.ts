import type { Door } from '../port.ts'

/** For what only sends: nobody is answered, and nothing is done. */
export const CLOSED_DOOR: Door = {
  ask: async () => ({ kind: 'nothing' }),
  press: async () => ({ kind: 'nothing' }),
  shortcut: async () => ({ kind: 'nothing' }),
  unfurl: async () => [],
  suggest: async () => ({ options: [] }),
  turnedAway: async () => {},
  welcome: async () => ({ kind: 'nothing' }),
  home: async () => ({ title: '', summary: '', parts: [] }),
  submit: async () => ({ kind: 'errors', errors: {} }),
}
