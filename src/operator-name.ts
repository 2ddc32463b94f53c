import { userInfo } from 'node:os'

/** Who runs this process, for the audit log. A user without a name, as in many containers, is no reason to stop. */
export function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return 'operator'
  }
}
