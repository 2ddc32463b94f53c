import * as z from 'zod'
import type { Clock } from '../../../src/clock.ts'
import type { Activity } from '../connector/activity.ts'
import { actionOf, CANCEL, SUBMIT } from '../render/button.ts'
import { type Answer, type Stage, say } from './answer.ts'
import type { Desk } from './desk.ts'
import { onCancel } from './on-cancel.ts'
import { onFileConsent } from './on-file-consent.ts'
import { createGreeted, onInstall } from './on-install.ts'
import { onLink } from './on-links.ts'
import { onPress } from './on-press.ts'
import { onSearch, onTypeahead } from './on-query.ts'
import { onShortcut } from './on-shortcut.ts'
import { onSubmission } from './on-submission.ts'
import { onWords } from './on-words.ts'
import { readForm } from './read-values.ts'

export type Listen = (activity: Activity) => Promise<Answer>

/** Who handles what came in. Whatever Teams may send is answered, for silence shows as an error. */
export function listen(desk: Desk, clock: Clock): Listen {
  const greeted = createGreeted(clock)
  return async activity => {
    switch (activity.type) {
      case 'message':
        return onWords(desk, activity)
      case 'invoke':
        return onInvoke(desk, activity, clock)
      case 'installationUpdate':
      case 'conversationUpdate':
        return onInstall(desk, activity, greeted)
      default:
        return { status: 200 }
    }
  }
}

const execute = z.object({ action: z.object({ verb: z.string(), data: z.unknown().optional() }) })
const task = z.object({ data: z.unknown().optional() })

async function onInvoke(desk: Desk, activity: Activity, clock: Clock): Promise<Answer> {
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const { data } = execute.safeParse(activity.value)
      return touched(desk, activity, 'card', data?.action ?? {})
    }
    case 'task/fetch':
    case 'task/submit':
    case 'composeExtension/submitAction': {
      const { data } = task.safeParse(activity.value)
      return touched(desk, activity, 'dialog', { data: data?.data })
    }
    case 'composeExtension/fetchTask':
      return onShortcut(desk, activity, clock())
    case 'fileConsent/invoke':
      return onFileConsent(desk, activity)
    case 'composeExtension/query':
      return onSearch(desk, activity)
    case 'composeExtension/queryLink':
      return onLink(desk, activity)
    case 'application/search':
      return onTypeahead(desk, activity)
    default:
      return { status: 501 }
  }
}

/** A button or a form's own button; in a dialog they differ by what they bring along. */
function touched(
  desk: Desk,
  activity: Activity,
  stage: Stage,
  { verb, data }: { readonly verb?: string; readonly data?: unknown },
): Promise<Answer> | Answer {
  if (verb === CANCEL) return onCancel(desk, activity, data)
  const sent = verb === undefined || verb === SUBMIT ? readForm(data) : undefined
  if (sent !== undefined) return onSubmission(desk, activity, stage, sent, data)
  const pressed = verb === SUBMIT ? undefined : actionOf(verb === undefined ? { data } : { verb, data })
  if (pressed !== undefined) return onPress(desk, activity, stage, pressed)
  return say(stage, 'I can no longer read this button. Ask for the card again.')
}
