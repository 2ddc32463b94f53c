import { serveOverStdio } from '../../adapters/assistants/stdio.ts'
import { openToolDoor } from '../chat/tools/door/use-tool.ts'
import type { Shell } from '../cli/shell.ts'
import type { Runtime } from '../context.ts'
import { createLog } from '../log.ts'
import type { Connection } from '../store/engine/engine.ts'
import { settingsWithDigests } from '../work/digests/known-digests.ts'
import { studyOn } from '../work/outcomes/study.ts'
import { planModel } from '../work/scoring/plan-model.ts'

/** Serves an assistant on this machine, for one person, over stdin and stdout. */
export async function assist(shell: Shell, connection: Connection, email: string): Promise<void> {
  const { clock, newId, platforms, environment } = shell
  const settings = shell.settings()
  const runtime: Runtime = {
    ...{ connection, clock, newId, platforms, instance: `command:${newId()}` },
    log: createLog(environment.LOG_LEVEL || 'warn'),
    readSettings: settingsWithDigests(() => settings),
    // The service on the same database announces what it changes.
    chats: new Map(),
    wakeSender: () => {},
    plan: next => planModel(connection, settings.model, next, clock()),
    study: studyOn(connection),
  }
  const asking = { actor: { platform: 'assistant', userId: email, email }, through: 'the command line' }
  await serveOverStdio(openToolDoor(runtime), asking, newId)
}
