// The demo as a bot, built and started anew whenever a source changes: `npm run dev`.
import { spawn, spawnSync } from 'node:child_process'
import { rmSync, watch } from 'node:fs'

const FILE = 'rounds-dev.db'
const node = process.execPath

let service
let ended
let work = Promise.resolve()
let pause

for (const folder of ['src', 'adapters', 'migrations']) watch(folder, { recursive: true }, soon)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    service?.kill(signal)
    await ended
    process.exit()
  })
}
soon()

/** An editor writes many files at once, and some of them twice. */
function soon() {
  clearTimeout(pause)
  pause = setTimeout(() => {
    work = work.then(restart)
  }, 200)
}

/** What does not build leaves the last good one running. */
async function restart() {
  if (spawnSync(node, ['build.mjs'], { stdio: 'inherit' }).status !== 0) return
  service?.kill()
  await ended
  // Made anew each time, whatever was pressed in the last one.
  for (const end of ['', '-wal', '-shm']) rmSync(FILE + end, { force: true })
  const command = ['dist/cli.js', 'demo', '--serve', '--db', `sqlite:./${FILE}`]
  service = spawn(node, [...command, ...process.argv.slice(2)], { stdio: 'inherit' })
  ended = new Promise(resolve => service.once('exit', resolve))
}
