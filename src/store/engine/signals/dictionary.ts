/** Names that rows carry as small integers. */
export type Dictionary = 'metrics' | 'sources'
