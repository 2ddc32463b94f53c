import { BotError } from './errors.ts'
import { serveUntilStopped } from './service.ts'

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
  process.stderr.write(`${words.filter(line => line !== '').join('\n')}\n`)
  process.exitCode = 1
}
