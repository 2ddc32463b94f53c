import { requireNode } from '../node-version.mjs'
import { startQuickly } from './quick-start.ts'

requireNode()
startQuickly(process.env)
// Only now: what is imported above would be loaded before the version is looked at.
await import('./process/run-service.ts')
