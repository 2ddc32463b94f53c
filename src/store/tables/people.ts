import type { Generated } from 'kysely'

/** People, and who they are on the platforms. */
export type PeopleTables = {
  people: {
    email: string
    name: string | null
    role: string
    manager: string | null
    time_zone: string | null
    last_platform: string | null
    left_at: Generated<number | null>
  }
  platform_users: { platform: string; user_id: string; email: string }
  presences: { platform: string; user_id: string; asked_at: number; is_deactivated: number }
  preferences: { person: string; preference: string; value: string }
  reminders: { person: string; subject: string; at: number }
  home_views: { platform: string; user_id: string; opened_at: number; words: string }
}
