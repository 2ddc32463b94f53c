// Runs each verb that people wait for, and the service, once, so that what V8 compiles of them is kept in dist/compiled. The
// build of the image does, for beside a program in a container nothing can be written. What Node keeps belongs to the user
// who ran it: it must be the one who will.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERBS = [
  'demo --db $DATABASE_URL',
  '--help',
  'list',
  'show acme',
  'brief acme',
  'history acme',
  'transitions',
  'score',
  'audit',
  'import --help',
  'backup backup.db',
  'model check --help',
]

/** Every platform is on, and reaches nothing. */
const PLATFORMS = {
  SLACK_BOT_TOKEN: 'xoxb-none',
  SLACK_SIGNING_SECRET: 'none',
  SLACK_API_URL: 'http://127.0.0.1:9/',
  MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
  MicrosoftAppPassword: 'none',
  MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
}
const dist = join(dirname(fileURLToPath(import.meta.url)), 'dist')
const folder = mkdtempSync(join(tmpdir(), 'rounds-warm-'))
const database = `sqlite:${join(folder, 'rounds.db')}`
const options = { cwd: folder, env: { PATH: process.env.PATH, DATABASE_URL: database, PORT: '0' } }
try {
  for (const words of VERBS) run(words.replace('$DATABASE_URL', database).split(' '))
  await serve()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(words) {
  const { status, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...words], {
    ...options,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`rounds ${words.join(' ')} ended with ${status}: ${stderr}`)
}

/** With the flags of `npm start`: what is compiled under others is refused. */
function serve() {
  const service = spawn(process.execPath, ['--max-semi-space-size=2', join(dist, 'main.js')], {
    ...options,
    env: { ...options.env, ...PLATFORMS },
  })
  let said = ''
  const listen = text => {
    said += text
    // A second signal would end it at once.
    if (said.includes('Rounds is up') && !service.killed) service.kill()
  }
  service.stdout.on('data', listen)
  service.stderr.on('data', listen)
  return new Promise((resolve, reject) => {
    service.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`The service ended with ${code}: ${said}`)),
    )
  })
}
