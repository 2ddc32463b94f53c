import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** A file of a watched folder, by its name and the hash of what is in it. */
export type LoadedFile = { readonly name: string; readonly hash: string }

export async function isLoaded(db: Db, { name, hash }: LoadedFile): Promise<boolean> {
  const rows = db.selectFrom('loaded_files').select('at').where('name', '=', name).where('hash', '=', hash)
  return (await rows.executeTakeFirst()) !== undefined
}

export async function markLoaded(db: Db, file: LoadedFile, at: Instant): Promise<void> {
  await db
    .insertInto('loaded_files')
    .values({ ...file, at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
