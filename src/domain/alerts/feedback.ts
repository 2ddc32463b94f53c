/** What somebody who got an alert says of it: what its rule is worth. */
export const ALERT_VERDICTS = ['useful', 'known', 'wrong'] as const
export type AlertFeedback = (typeof ALERT_VERDICTS)[number]
