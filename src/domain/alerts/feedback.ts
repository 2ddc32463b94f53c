/** Feedback on an alert: how useful its rule is. */
export const ALERT_VERDICTS = ['useful', 'known', 'wrong'] as const
export type AlertFeedback = (typeof ALERT_VERDICTS)[number]
