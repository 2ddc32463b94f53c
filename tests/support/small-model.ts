/** A model that a test can do in its head: one measure per component, readings are scores. */
export const SMALL_MODEL = `
name: small
components:
  - id: usage
    label: Usage
    weight: 60
    ask: ["Who stopped?"]
    measures:
      - {id: active_users, metric: active_users, take: latest, over: 60d, per: {metric: seats}, scale: {0: 0, 1: 100}}
  - id: voice
    label: Voice
    weight: 20
    measures: [{id: nps, metric: nps, take: latest, over: 180d, scale: {-100: 0, 100: 100}}]
  - id: relationship
    label: Relationship
    weight: 20
    measures: [{id: pulse, metric: csm_pulse, take: latest, over: 90d, scale: {1: 0, 5: 100}}]
metrics:
  active_users: {label: Active users, unit: users}
  seats: {label: Seats, unit: seats}
  nps: {label: NPS}
  csm_pulse: {label: Pulse}
bands:
  - {id: at_risk, label: At risk, role: at_risk, from: 0}
  - {id: attention, label: Needs attention, role: attention, from: 40}
  - {id: healthy, label: Healthy, role: healthy, from: 70}
`

export const MORNING_DIGEST = (channel: string) => `
digests:
  - {name: morning, schedule: "0 9 * * *", time_zone: UTC, to: "slack:${channel}", show: {arr: true}}
`

/** An account with 40 seats and so many active users, NPS and pulse at their best. */
export function signalsOf(account: string, activeUsers: number, day: string): string[] {
  return [
    `${account} seats 40 ${day}`,
    `${account} active_users ${activeUsers} ${day}`,
    `${account} nps 100 ${day}`,
    `${account} csm_pulse 5 ${day}`,
  ]
}
