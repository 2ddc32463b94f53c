import type { BrokenDestination } from '../../../src/chat/platform.ts'

/** What to do in Slack, or in its settings, so that messages get through again. */
export function remedyFor(broken: BrokenDestination): string {
  switch (broken.to) {
    case 'platform':
      return 'Check SLACK_BOT_TOKEN in the environment, and that the app is installed.'
    case 'channel':
      return broken.reason.includes('archived') ? 'Unarchive the channel.' : 'Say /invite @Rounds in that channel.'
    case 'person':
      return `If ${broken.email} has another address in Slack, put their Slack user ID into people.csv, as slack_id.`
  }
}
