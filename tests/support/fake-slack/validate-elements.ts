import {
  checkInitial,
  checkKeys,
  checkOption,
  checkOptional,
  checkOptions,
  checkPlain,
  checkString,
  isThing,
  type Thing,
} from './validate-objects.ts'

const COMMON = 'action_id confirm focus_on_load'

/** Interactive elements by type; anything else is unknown to Slack. */
const CHECKS: Readonly<Record<string, (at: string, element: Thing) => string[]>> = {
  button: (at, element) => [
    ...checkKeys(at, element, 'action_id confirm text value style url accessibility_label'),
    ...checkPlain(`${at}/text`, element.text, 75),
    ...checkOptional(`${at}/value`, element.value, 2_000),
    ...checkOptional(`${at}/url`, element.url, 3_000),
    ...(element.style === undefined || element.style === 'primary' || element.style === 'danger'
      ? []
      : [`${at}/style: must be primary or danger`]),
  ],
  static_select: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder options initial_option`),
    ...checkOptions(`${at}/options`, element.options, 100),
    ...checkInitial(at, element),
    ...checkPlaceholder(at, element),
  ],
  multi_static_select: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder options initial_options max_selected_items`),
    ...checkOptions(`${at}/options`, element.options, 100),
    ...checkPlaceholder(at, element),
    ...(element.max_selected_items === undefined || Number(element.max_selected_items) >= 1
      ? []
      : [`${at}/max_selected_items: must be at least 1`]),
  ],
  radio_buttons: (at, element) => [
    ...checkKeys(at, element, `${COMMON} options initial_option`),
    ...checkOptions(`${at}/options`, element.options, 10),
    ...checkInitial(at, element),
  ],
  checkboxes: (at, element) => [
    ...checkKeys(at, element, `${COMMON} options initial_options`),
    ...checkOptions(`${at}/options`, element.options, 10),
  ],
  external_select: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder initial_option min_query_length`),
    ...(element.initial_option === undefined ? [] : checkOption(`${at}/initial_option`, element.initial_option)),
    ...(element.min_query_length === undefined || Number(element.min_query_length) >= 0
      ? []
      : [`${at}/min_query_length: must be at least 0`]),
    ...checkPlaceholder(at, element),
  ],
  datepicker: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder initial_date`),
    ...checkShape(`${at}/initial_date`, element.initial_date, /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
    ...checkPlaceholder(at, element),
  ],
  timepicker: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder initial_time timezone`),
    ...checkShape(`${at}/initial_time`, element.initial_time, /^([01]\d|2[0-3]):[0-5]\d$/),
    ...checkPlaceholder(at, element),
  ],
  conversations_select: (at, element) => [
    ...checkKeys(at, element, `${COMMON} placeholder initial_conversation filter`),
    ...checkShape(`${at}/initial_conversation`, element.initial_conversation, /^[CDGU][A-Z0-9]+$/),
    ...checkPlaceholder(at, element),
  ],
  overflow: (at, element) => [
    ...checkKeys(at, element, 'action_id confirm options'),
    ...checkOptions(`${at}/options`, element.options, 5),
  ],
  plain_text_input: (at, element) => [
    ...checkKeys(
      at,
      element,
      `${COMMON} placeholder initial_value multiline min_length max_length dispatch_action_config`,
    ),
    ...checkPlaceholder(at, element),
    ...checkLengths(at, element),
  ],
}

export function checkElement(at: string, element: unknown, allowed: readonly string[]): string[] {
  if (!isThing(element)) return [`${at}: missing element`]
  const check = CHECKS[String(element.type)]
  if (check === undefined || !allowed.includes(String(element.type)))
    return [`${at}: unsupported type: ${element.type}`]
  return [...checkOptional(`${at}/action_id`, element.action_id, 255), ...check(at, element)]
}

function checkShape(at: string, value: unknown, shape: RegExp): string[] {
  return value === undefined || shape.test(String(value)) ? [] : [`${at}: has an unexpected form`]
}

function checkPlaceholder(at: string, element: Thing): string[] {
  return element.placeholder === undefined ? [] : checkPlain(`${at}/placeholder`, element.placeholder, 150)
}

function checkLengths(at: string, element: Thing): string[] {
  const max = element.max_length === undefined ? 3_000 : Number(element.max_length)
  const initial = element.initial_value ?? ''
  return [
    ...(max >= 1 && max <= 3_000 ? [] : [`${at}/max_length: must be between 1 and 3000`]),
    ...(initial === '' ? [] : checkString(`${at}/initial_value`, initial, max)),
  ]
}
