import * as z from 'zod'
import { dayOf } from '../../../domain/time/instant.ts'
import type { SourceEvent } from '../source.ts'

const CHANGE = z.object({
  eventId: z.union([z.string(), z.number()]).transform(String),
  subscriptionType: z.enum(['company.propertyChange', 'object.propertyChange']),
  objectTypeId: z.string().optional(),
  objectId: z.union([z.string(), z.number()]).transform(String),
  propertyName: z.string(),
  propertyValue: z.string().nullish(),
  occurredAt: z.number().int().nonnegative(),
})

type Change = z.infer<typeof CHANGE>

/** What companies call in HubSpot what an account has in Rounds; other properties are not taken. */
const NAMES: Readonly<Record<string, string>> = {
  owner: 'owner',
  owner_email: 'owner',
  csm_email: 'owner',
  renewal_on: 'renewal_on',
  renewal_date: 'renewal_on',
  contract_end_date: 'renewal_on',
  arr: 'arr',
  annual_recurring_revenue: 'arr',
  lifecycle: 'lifecycle',
  segment: 'segment',
}

const COMPANY = '0-2'

/** A list of changes, each of one property; the property that `account` names says which account a company is. */
export function readHubspot(body: unknown, account: string): SourceEvent[] {
  if (!Array.isArray(body)) return []
  const property = account.split('.').at(-1)
  return body.flatMap((sent): SourceEvent[] => {
    const { success, data: change } = CHANGE.safeParse(sent)
    if (!success || (change.objectTypeId ?? COMPANY) !== COMPANY) return []
    const { objectId: external, propertyName, propertyValue, occurredAt: at } = change
    const id = `${change.eventId}:${external}:${propertyName}:${at}`
    const text = propertyValue?.trim() || undefined
    if (propertyName === property) return text === undefined ? [] : [{ id, external, reference: text }]
    const name = NAMES[propertyName]
    return name === undefined
      ? []
      : [{ id, external, fact: { at, of: 'attribute', name, value: textOf(name, change) } }]
  })
}

/** HubSpot writes a date as the milliseconds of its midnight. */
function textOf(name: string, { propertyValue }: Change): string | undefined {
  const text = propertyValue?.trim() || undefined
  return name === 'renewal_on' && text !== undefined && /^\d{11,14}$/.test(text) ? dayOf(Number(text)) : text
}
