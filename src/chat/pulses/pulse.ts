import { withAccount } from '../accounts/with-account.ts'
import type { Command } from '../command.ts'
import { openPulse } from './pulse-form.ts'

export const pulse: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'pulse', account => openPulse(context, request, account))
