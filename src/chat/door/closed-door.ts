import type { Door } from '../port.ts'

/** A door for processes that only send: it does nothing. */
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
