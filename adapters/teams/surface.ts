/**
 * What the adapter uses of Teams, each with its reason. The manifest in appPackage asks for exactly this, and a test
 * compares the two.
 */
export const SEARCH = { command: 'account', parameter: 'name' } as const

/** What stands in the menu of every message, by its name at the port. */
export const SHORTCUTS = { add_to_timeline: 'Add to account timeline' } as const

/** The data set of the fields that look up a name while letters are typed, by what is looked up. */
export const DATASETS = { account: 'accounts', person: 'people' } as const

export const ACTIVITIES = {
  message: 'answers in a personal chat, and where it is mentioned',
  invoke: 'presses, forms, dialogs, the message extension',
  installationUpdate: 'greets a new place, and knows how to reach it from then on',
  conversationUpdate: 'the same for clients that do not say the other',
} as const

export const INVOKES = {
  'adaptiveCard/action': 'a button, or a form inside a message',
  'task/fetch': 'a button that opens a dialog',
  'task/submit': 'a form in a dialog',
  'application/search': 'names that may be meant, while letters are typed',
  'composeExtension/query': 'the search beside the message box',
  'composeExtension/fetchTask': 'the entry in the menu of a message',
  'composeExtension/submitAction': 'the form that it opened',
} as const
