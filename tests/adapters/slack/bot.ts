import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { readSlackConfig, type SlackConfig } from '../../../adapters/slack/config.ts'
import { createSlack } from '../../../adapters/slack/index.ts'
import type {
  Actor,
  Arrival,
  Door,
  Press,
  Query,
  Reply,
  Request,
  SharedLinks,
  Shortcut,
  Submission,
  SubmissionReply,
  Unfurl,
} from '../../../src/chat/port.ts'
import type { Log } from '../../../src/log.ts'
import type { Card } from '../../../src/views/card.ts'
import type { Option } from '../../../src/views/form.ts'
import { type FakeSlack, startFakeSlack } from '../../support/fake-slack/index.ts'

export type Mode = 'http' | 'socket'
export type Bot = Awaited<ReturnType<typeof startBot>>

/** A fake Slack with the real adapter in it, and a door that answers what the test says and keeps what it was asked. */
export async function startBot(mode: Mode) {
  const slack = await startFakeSlack()
  const { door, script } = createDoor()
  const app = express()
  const log = createLog()
  const userIds = new Map<string, string>()
  const addresses = {
    find: async () => undefined,
    keep: async () => {},
    userOf: async (email: string) => userIds.get(email),
  }
  const adapter = createSlack({ config: configOf(slack, mode), door, app, log, addresses })
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  slack.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await adapter.start()

  return {
    slack,
    adapter,
    /** The ids that the people file gives, by e-mail. */
    userIds,
    door,
    app,
    log,
    script,
    dana: slack.addUser('Dana'),
    cs: slack.addChannel('cs'),
    async stop() {
      await adapter.stop()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await slack.stop()
    },
  }
}

export function configOf(slack: FakeSlack, mode: Mode): SlackConfig {
  const config = readSlackConfig(slack.env(mode))
  if (config === undefined || 'problems' in config) throw new Error('The fake Slack gave no configuration')
  return config
}

export function card(words: string, more: Partial<Card> = {}): Card {
  return { title: words, summary: `${words} in short`, parts: [{ kind: 'text', text: `${words} at length` }], ...more }
}

function createDoor() {
  const script = {
    requests: [] as Request[],
    presses: [] as Press[],
    shortcuts: [] as Shortcut[],
    shared: [] as SharedLinks[],
    unfurls: [] as readonly Unfurl[],
    queries: [] as Query[],
    arrivals: [] as Arrival[],
    homes: [] as Actor[],
    page: card('Home'),
    options: [] as readonly Option[],
    submissions: [] as Submission[],
    reply: { kind: 'nothing' } as Reply,
    outcome: { kind: 'errors', errors: {} } as SubmissionReply,
    /** How long the door takes for a submission. */
    delay: 0,
  }
  const door: Door = {
    async ask(request) {
      script.requests.push(request)
      return script.reply
    },
    async press(press) {
      script.presses.push(press)
      return script.reply
    },
    async shortcut(shortcut) {
      script.shortcuts.push(shortcut)
      return script.reply
    },
    async unfurl(shared) {
      script.shared.push(shared)
      return script.unfurls
    },
    async welcome(arrival) {
      script.arrivals.push(arrival)
      return script.reply
    },
    async home(actor) {
      script.homes.push(actor)
      return script.page
    },
    async turnedAway() {},
    async suggest(query) {
      script.queries.push(query)
      await new Promise(resolve => setTimeout(resolve, script.delay))
      return { options: script.options }
    },
    async submit(submission) {
      script.submissions.push(submission)
      await new Promise(resolve => setTimeout(resolve, script.delay))
      return script.outcome
    },
  }
  return { door, script }
}

function createLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const write = (data: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(data)}`)
  }
  return { lines, debug: write, info: write, warn: write, error: write }
}
