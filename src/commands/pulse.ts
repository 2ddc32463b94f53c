import { openPulse } from '../forms/pulse.ts'
import type { Command } from './command.ts'
import { withAccount } from './with-account.ts'

export const pulse: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'pulse', account => openPulse(context, request, account))
