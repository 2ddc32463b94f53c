import type { Command } from 'commander'
import type { Shell, Verb } from '../shell.ts'
import { modelCheck } from './model-check.ts'
import { modelInit } from './model-init.ts'
import { modelPlan } from './model-plan.ts'

/** What `rounds model` can do, each in a file of its own. */
const PARTS: readonly ((group: Command, shell: Shell) => void)[] = [modelInit, modelCheck, modelPlan]

export const model: Verb = (program, shell) => {
  const group = program
    .command('model')
    .description('work on the health model: start from a preset, check it, preview a change')
  for (const part of PARTS) part(group, shell)
}
