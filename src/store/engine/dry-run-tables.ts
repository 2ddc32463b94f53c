/** The tables that a dry run copies, and those that it starts empty. */
export const COPIED = ['accounts', 'account_attributes', 'people', 'platform_users', 'metrics', 'sources', 'comments']
export const EMPTY = [
  ...['signals', 'signal_versions', 'signal_packs', 'series', 'due_accounts'],
  ...['source_counts', 'source_days', 'feeds', 'attribute_changes'],
]
