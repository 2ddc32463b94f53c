#!/usr/bin/env node
import { requireNode } from '../node-version.mjs'

requireNode()
// Only now: what is imported above would be loaded before the version is looked at.
await import('./run-command.ts')
