import { WEBHOOK_SOURCES } from '../../ingest/sources/index.ts'
import type { Route } from '../route.ts'
import { accountsDoor } from './accounts.ts'
import { commentsDoor } from './comments.ts'
import { outcomesDoor } from './outcomes.ts'
import { peopleDoor } from './people.ts'
import { segmentDoors } from './segment.ts'
import { signalsDoor } from './signals.ts'
import { webhookDoor } from './webhook-door.ts'

/** The doors for what comes in: one line each. */
export const DOORS: readonly Route[] = [
  signalsDoor,
  accountsDoor,
  peopleDoor,
  commentsDoor,
  outcomesDoor,
  ...WEBHOOK_SOURCES.map(webhookDoor),
  ...segmentDoors,
]
