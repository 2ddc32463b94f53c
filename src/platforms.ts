import type { Platform } from './chat/platform.ts'
import type { Environment } from './config.ts'
import { BotError } from './errors.ts'

export { mountAssistants, platforms } from '../adapters/index.ts'

/** As the settings write them. */
export function namesOf(platforms: readonly Platform[]): readonly string[] {
  return platforms.map(({ name }) => name)
}

/** The platforms whose variables are set, and the names of those that are off. Throws a `BotError` if one is half set. */
export function chosenPlatforms(platforms: readonly Platform[], env: Environment) {
  const read = platforms.map(({ name, read }) => ({ name, found: read(env) }))
  const problems = read.flatMap(({ found }) => (found !== undefined && 'problems' in found ? found.problems : []))
  if (problems.length > 0) throw new BotError('bad_config', problems.join(' '), 'See .env.example for every variable.')
  return {
    on: read.flatMap(({ name, found }) =>
      found === undefined || 'problems' in found ? [] : [{ name, load: found.load }],
    ),
    off: read.filter(({ found }) => found === undefined).map(({ name }) => name),
  }
}
