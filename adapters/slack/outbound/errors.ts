import { DeliveryError, type DeliveryFault } from '../../../src/errors.ts'
import { wasNeverSent } from '../../never-sent.ts'

/** Says which of the outbox's five cases an error of @slack/web-api is. */
export function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { code, message, data, retryAfter, statusCode, original } = fieldsOf(error)
  switch (code) {
    case 'slack_webapi_platform_error':
      return fromAnswer(fieldsOf(data))
    case 'slack_webapi_rate_limited_error':
      return new DeliveryError(
        'busy',
        'Slack asks to wait',
        typeof retryAfter === 'number' ? retryAfter * 1000 : undefined,
      )
    case 'slack_webapi_http_error':
      return new DeliveryError(faultOfStatus(Number(statusCode)), `Slack answered HTTP ${statusCode}`)
    case 'slack_webapi_request_error':
      return new DeliveryError(
        wasNeverSent(reasonOf(original)) ? 'busy' : 'unknown',
        `Slack was not reached: ${reasonOf(original)}`,
      )
    default:
      // a 429 whose Retry-After the SDK could not read has no code
      return /retry header/i.test(String(message))
        ? new DeliveryError('busy', 'Slack asks to wait')
        : new DeliveryError('unknown', String(message))
  }
}

/** Answers with `ok: false`. All but the last group were refused for certain. */
const FAULTS: Readonly<Record<DeliveryFault, string>> = {
  platform: `invalid_auth not_authed token_revoked token_expired account_inactive missing_scope no_permission_scope
    not_allowed_token_type team_access_not_granted access_denied accesslimited ekm_access_denied org_login_required
    two_factor_setup_required team_not_found app_missing_action_url`,
  destination: `channel_not_found is_archived not_in_channel user_not_found users_not_found user_not_visible
    cannot_dm_bot user_disabled user_not_in_channel no_permission messages_tab_disabled is_inactive
    method_not_supported_for_channel_type not_allowed channel_type_not_supported user_is_restricted
    slack_connect_blocked_file_upload external_channel_migrating`,
  // a deleted or locked message does not mean a broken channel: only this one edit is lost
  payload: `invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text invalid_arguments
    invalid_attachments too_many_attachments markdown_text_conflict invalid_metadata_format metadata_too_large
    metadata_must_be_sent_from_app invalid_arg_name invalid_array_arg invalid_charset invalid_form_data
    invalid_post_type missing_post_type as_user_not_supported attachment_payload_limit_exceeded
    message_not_found cant_update_message edit_window_closed thread_not_found cannot_reply_to_message
    invalid_thread_ts block_mismatch`,
  busy: `ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout team_added_to_org`,
  // Slack: "some aspect of the operation may have succeeded before the error was raised"
  unknown: `internal_error fatal_error`,
}

const FAULT_BY_CODE = new Map(
  Object.entries(FAULTS).flatMap(([fault, codes]) => codes.split(/\s+/).map(code => [code, fault as DeliveryFault])),
)

/** Whether an error with this reason means that nothing at all can be sent. */
export function isLockedOut(reason: string): boolean {
  return FAULT_BY_CODE.get(/^[a-z0-9_]+/.exec(reason)?.[0] ?? '') === 'platform' || /HTTP 40[13]$/.test(reason)
}

function fromAnswer(data: Record<string, unknown>): DeliveryError {
  const code = String(data.error)
  // a proxy's page instead of an answer: who knows what happened behind it
  if (!/^[a-z0-9_]+$/.test(code)) return new DeliveryError('unknown', 'Slack answered with something other than JSON')
  const details = fieldsOf(data.response_metadata).messages
  const reason = Array.isArray(details) && details.length > 0 ? `${code}: ${details.slice(0, 3).join('; ')}` : code
  if (code.startsWith('restricted_action')) return new DeliveryError('destination', reason)
  // an unknown refusal is worth another try before giving up
  return new DeliveryError(FAULT_BY_CODE.get(code) ?? 'busy', reason)
}

function faultOfStatus(status: number): DeliveryFault {
  if (status === 401 || status === 403) return 'platform'
  if (status === 413) return 'payload'
  return status >= 500 ? 'unknown' : 'busy'
}

/** `fetch` hides the reason in `cause`, a chain of any depth. */
function reasonOf(error: unknown): string {
  const { code, name, cause } = fieldsOf(error)
  if (typeof code === 'string') return code
  return cause === undefined ? String(name ?? 'no reason given') : reasonOf(cause)
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {}
  const { code, message, name, cause, data, error, retryAfter, statusCode, original, response_metadata, messages } =
    value as Record<string, unknown>
  return { code, message, name, cause, data, error, retryAfter, statusCode, original, response_metadata, messages }
}

/** The few fields of an error that a log may hold. */
export function faultOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  return { error: error.name, reason: error.message.slice(0, 300) }
}
