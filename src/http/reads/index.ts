import type { Route } from '../route.ts'
import { accountHealthRead } from './account-health.ts'
import { accountsRead } from './accounts.ts'
import { alertsRead } from './alerts.ts'
import { transitionsRead } from './transitions.ts'

/** What programs may read: one line each. */
export const READS: readonly Route[] = [accountsRead, accountHealthRead, transitionsRead, alertsRead]
