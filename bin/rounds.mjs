#!/usr/bin/env node
// `npx --no rounds VERB` in the clone, and `rounds VERB` where the package is installed: builds first when it must.
import { requireNode } from '../node-version.mjs'

requireNode()
await import('../build.mjs')
await import('../dist/cli.js')
