import { platforms } from '../adapters/index.ts'
import type { Environment } from './config.ts'
import { BotError } from './errors.ts'

/** The platforms whose variables are set, and the names of those that are off. Half-set ones are refused in words. */
export function chosenPlatforms(env: Environment) {
  const read = platforms.map(({ name, read, load }) => ({ name, load, config: read(env) }))
  const problems = read.flatMap(({ config }) => (config !== undefined && 'problems' in config ? config.problems : []))
  if (problems.length > 0) throw new BotError('bad_config', problems.join(' '), 'See .env.example for every variable.')
  return {
    on: read.flatMap(({ config, ...platform }) =>
      config === undefined || 'problems' in config ? [] : [{ ...platform, config }],
    ),
    off: read.filter(({ config }) => config === undefined).map(({ name }) => name),
  }
}
