/** The search beside the message box, as the manifest in appPackage names it too. */
export const SEARCH = { command: 'account', parameter: 'name' } as const

/** The data set of the fields that look up a name while letters are typed, by what is looked up. */
export const DATASETS = { account: 'accounts', person: 'people', channel: 'channels' } as const
