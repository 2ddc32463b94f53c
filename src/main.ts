import { requireNode } from '../node-version.mjs'
import { useCompileCache } from './startup/compile-cache.ts'

requireNode()
useCompileCache(process.env)
// Only now: what is imported above would be loaded before the version is looked at.
await import('./process/run-service.ts')
