/** The files next to a new model.yaml: valid as they are, and nothing is posted until somebody names a channel. */
export const STARTER_FILES: Readonly<Record<'digests.yaml' | 'routes.yaml', string>> = {
  'digests.yaml': `# Which digests go where, and when. Remove the comment signs and fill in the id of your channel.
# Nothing is posted until then.
digests: []
#  - name: morning
#    schedule: "0 9 * * 1-5"        # minute, hour, day, month, weekday, in the time zone below
#    time_zone: Europe/Berlin
#    to: slack:C0123456789          # platform:channel, or platform:@ana@example.com for a direct message
#    filter: {attribute: segment, is: enterprise}
#    say_nothing: line              # when nothing changed: line or silence
#    show: {arr: true}              # what this channel may see
`,
  'routes.yaml': `# Where alerts go, who may change the model, and when people work.
business_hours: {days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", holidays: []}
scoring: {schedule: "0 6 * * *", time_zone: UTC}
your_five: {accounts: 5, at: "08:30"}   # each morning, to each person, the accounts that need them most
admins: []                          # e-mail addresses, such as ops@example.com
routes:                             # the first that matches, from the top
  - to: [owner]                     # owner, manager, or platform:channel
    escalation: [{after: 4h, to: owner}, {after: 16h, to: manager}]   # business hours without a claim
`,
}
