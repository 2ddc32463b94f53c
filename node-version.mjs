// The one place that knows which Node Rounds runs on. Plain JavaScript, and imported before everything else: on an older
// Node the database driver crashes without a word, and TypeScript cannot be read.

/** The oldest Node that works, as package.json has it under `engines`. */
const FLOOR = { major: 22, minor: 12 }

/**
 * Why Rounds does not run on this Node, in a sentence; undefined where it does. `asked` is the major version that this
 * run is meant to prove, from ROUNDS_NODE.
 */
export function whyNotOn(version, asked) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  if (major < FLOOR.major || (major === FLOOR.major && minor < FLOOR.minor)) {
    return `Rounds needs Node ${FLOOR.major}.${FLOOR.minor} or newer, and this is ${version}: install a newer one, or start Rounds by \`npm start\` or \`npx --no rounds\`, which bring one.`
  }
  if (asked && major !== Number(asked.replace(/^v/, '').split('.')[0])) {
    return `ROUNDS_NODE asks for Node ${asked}, and this is ${version}.`
  }
  return undefined
}

/** Ends the process with the sentence where Rounds does not run on it. */
export function requireNode() {
  const refusal = whyNotOn(process.version, process.env.ROUNDS_NODE)
  if (refusal === undefined) return
  process.stderr.write(`${refusal}\n`)
  process.exit(1)
}
