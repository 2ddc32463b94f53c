import type { BrokenDestination } from '../../../src/chat/platform.ts'

/** What somebody does in Teams, or with its settings, so that messages get through again. */
export function remedyFor(broken: BrokenDestination): string {
  switch (broken.to) {
    case 'platform':
      return 'Check MicrosoftAppId and MicrosoftAppPassword in the environment, and that the bot is enabled.'
    case 'channel':
      return 'Add the app Rounds to that team or chat again.'
    case 'person':
      return (
        `Ask ${broken.email} to open a chat with Rounds in Teams and say hello. ` +
        'If they have another address there, put their Teams user ID into people.csv, as teams_id.'
      )
  }
}
