import { requireNode } from '../../node-version.mjs'

/** Every run of the suite says which Node it proves, and fails on another one than it was asked for. */
export function setup(): void {
  requireNode()
  process.stdout.write(`Tests on Node ${process.version}\n`)
}
