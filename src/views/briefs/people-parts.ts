import type { Brief } from '../../domain/briefs/brief.ts'
import { hasEnded } from '../../domain/playbooks/task.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Item } from '../card.ts'
import { attributeItem } from './money-parts.ts'
import type { BriefReader, Section } from './section.ts'

/** Whose account it is, whom we know there, and who of us has worked on it. */
export const peopleParts: Section = (_, brief, reader) => {
  const { owner, manager, known } = brief.people
  const ownerItem: Item =
    owner === undefined
      ? { lead: 'Owner', text: 'Nobody', tone: 'bad' }
      : attributeItem({ ...owner, name: 'Owner' }, reader, email => called(reader, email))
  const items: Item[] = [
    ownerItem,
    ...(manager === undefined ? [] : [{ lead: "Owner's manager", text: called(reader, manager) }]),
    ...known.map(fact => attributeItem(fact, reader)),
    ...writers(brief, reader),
    ...colleagues(brief, reader),
  ]
  return [{ kind: 'list', heading: 'People', items }]
}

/** "Dana (dana@ours.example)" */
function called({ nameOf }: BriefReader, email: string): string {
  const name = nameOf(email)
  return name.toLowerCase() === email.toLowerCase() ? email : `${name} (${email})`
}

/** Who of the customer's wrote, the latest first. */
function writers({ heard }: Brief, { timeZone, nameOf }: BriefReader): Item[] {
  const last = new Map<string, number>()
  for (const entry of heard) {
    if (entry.kind === 'comment' && entry.author !== undefined && !last.has(entry.author))
      last.set(entry.author, entry.at)
  }
  const names = [...last].slice(0, MOST).map(([author, at]) => `${nameOf(author)} (${dayIn(timeZone, at)})`)
  return names.length === 0
    ? []
    : [{ lead: 'Wrote to us', text: names.join(', '), note: 'Comments, with the last day' }]
}

const MOST = 6

/** Who held an alert, ended a task or rated the relationship. */
function colleagues({ alerts, tasks, heard }: Brief, { nameOf }: BriefReader): Item[] {
  const acts = [
    ...alerts.flatMap(({ claimedBy }) => claimedBy ?? []),
    ...tasks.filter(hasEnded).flatMap(({ assignee }) => assignee?.email ?? []),
    ...heard.flatMap(entry => (entry.kind === 'pulse' ? [entry.by] : [])),
  ]
  const names = [...new Set(acts.map(nameOf))].slice(0, MOST)
  return names.length === 0 ? [] : [{ lead: 'Worked on it', text: names.join(', '), note: 'Alerts, tasks and pulses' }]
}
