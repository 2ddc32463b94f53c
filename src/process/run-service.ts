import { asTypedHere } from '../command-name.ts'
import { BotError } from '../errors.ts'
import { inWords } from '../ingest/storage-trouble.ts'
import { serveUntilStopped } from './serve-until-stopped.ts'

/** Tells a supervisor that starting again will not help. */
const DAMAGED = 3

try {
  process.loadEnvFile('.env')
} catch {
  // The file is optional.
}

try {
  await serveUntilStopped(process.env)
} catch (thrown) {
  const error = inWords(thrown)
  const words =
    error instanceof BotError ? [error.message, error.hint ?? ''] : [`Rounds cannot start: ${String(error)}`]
  process.stderr.write(asTypedHere(`${words.filter(line => line !== '').join('\n')}\n`))
  // At once: a clean shutdown would write into the damaged file.
  if (error instanceof BotError && error.code === 'damaged_database') process.exit(DAMAGED)
  process.exitCode = 1
}
