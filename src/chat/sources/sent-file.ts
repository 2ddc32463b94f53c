import type { Context } from '../../context.ts'
import { customersLine } from '../../model/mapping/customers-note.ts'
import { sentFileCard } from '../../views/sources/sent-file-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { Reply, Request, SentFile } from '../port.ts'
import { withSentFile } from './open-sent-file.ts'

/** A file came in a direct message: says what it is and how it would be loaded. For admins. */
export async function lookAtSentFile(context: Context, { actor }: Request, file: SentFile): Promise<Reply> {
  await allow(context, await identify(context, actor), 'data.import', file.name)
  const card = await withSentFile(context, actor, file, async (looked, name) => {
    const { table, label, preview, problems, remarks, unread, mapping } = looked
    return sentFileCard({
      file: { id: file.id, name },
      form: table.form,
      label,
      preview,
      problems,
      remarks,
      unread,
      ...(mapping.customers !== undefined && { customers: customersLine(mapping.customers) }),
    })
  })
  return { kind: 'card', card, audience: 'caller' }
}
