import { asTypedHere } from './command-name.ts'
import { BotError } from './errors.ts'
import { serveUntilStopped } from './service.ts'

/** Says to a supervisor that starting again will not help. */
const DAMAGED = 3

try {
  process.loadEnvFile('.env')
} catch {
  // There need not be one.
}

try {
  await serveUntilStopped(process.env)
} catch (error) {
  const words =
    error instanceof BotError ? [error.message, error.hint ?? ''] : [`Rounds cannot start: ${String(error)}`]
  process.stderr.write(asTypedHere(`${words.filter(line => line !== '').join('\n')}\n`))
  process.exitCode = error instanceof BotError && error.code === 'damaged_database' ? DAMAGED : 1
}
