/**
 * What the adapter uses of Slack, each with its reason. `manifest.json` asks for exactly this; Slack's own manifest
 * schema accepts invented names, so the list stands here and a test compares the two.
 */
export const COMMAND = '/health'

/** What stands in the menu of every message, by its name at the port. */
export const SHORTCUTS = { add_to_timeline: 'Add to account timeline' } as const

export const EVENTS = {
  app_mention: 'answers in channels and threads, where slash commands cannot be used',
  'message.im': 'answers in direct messages',
  link_shared: 'shows the account beside a link to its page in the CRM',
  app_home_opened: 'fills the Home tab, greets people who open the chat with the bot for the first time',
  app_uninstalled: 'says in the log why everything stopped',
  tokens_revoked: 'says in the log why everything stopped',
} as const

export const SCOPES = {
  commands: 'the slash command, the entry in the menu of a message',
  'chat:write': 'posts, updates, private answers',
  'chat:write.public': 'digests reach public channels without an invitation',
  'channels:read':
    'says when a digest is meant for a channel that is gone, or that another company shares, conversations.info',
  'groups:read': 'the same for private channels',
  'app_mentions:read': 'the event app_mention',
  'im:history': 'the event message.im',
  'files:read': 'files that an admin sends to be imported, files.info',
  'files:write': 'a list as a CSV file, or a brief as a page, to the one who asks, files.getUploadURLExternal',
  'canvases:write': 'a brief as a canvas that the one who asks alone can open, canvases.create',
  'links:read': 'the event link_shared',
  'links:write': 'the card beside a link, chat.unfurl',
  'im:write': 'opens the direct message that such a file goes to, conversations.open',
  'users:read': 'names of people and whether they belong to the company, users.info',
  'users:read.email': 'finds the owner of an account by e-mail, users.lookupByEmail',
} as const
