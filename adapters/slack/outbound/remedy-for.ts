import type { BrokenDestination } from '../../../src/chat/platform.ts'

/** What to do in Slack, or in its settings, so that messages get through again. */
export function remedyFor(way: BrokenDestination): string {
  switch (way.to) {
    case 'platform':
      return 'Check SLACK_BOT_TOKEN in the environment, and that the app is installed.'
    case 'channel':
      return way.reason.includes('archived') ? 'Unarchive the channel.' : 'Say /invite @Rounds in that channel.'
    case 'person':
      return `If ${way.email} has another address in Slack, put their Slack user ID into people.csv, as slack_id.`
  }
}
