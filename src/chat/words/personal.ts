import type { CommandName } from './vocabulary.ts'

/** Whether words ask for something personal, which nobody else may read, wherever it is asked. */
export function isPersonal(command: CommandName, rest: string): boolean {
  return PERSONAL[command]?.(rest.trim().toLowerCase()) ?? false
}

const always = () => true

const PERSONAL: Readonly<Partial<Record<CommandName, (rest: string) => boolean>>> = {
  mine: always,
  home: always,
  five: always,
  pulses: always,
  preferences: always,
  connect: always,
  brief: always,
  tasks: rest => rest === '',
  alerts: rest => rest === 'mine',
  list: rest => /\bowner:me\b/.test(rest),
}
