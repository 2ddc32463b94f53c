import { createGunzip } from 'node:zlib'
import { BotError } from '../../errors.ts'
import type { Source } from '../files/csv.ts'

type Bytes = Pick<Source, 'name' | 'again'>

/** What a file in gzip holds, unpacked as it is read. */
export function unpacked({ name, again }: Bytes): Bytes {
  const inner = name.replace(/\.gz$/i, '')
  return { name: inner, again: () => unpack(name, again()) }
}

async function* unpack(name: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const feed = async () => {
    for await (const chunk of packed) {
      if (gunzip.destroyed) return
      if (!gunzip.write(chunk)) await new Promise<void>(resolve => gunzip.once('drain', resolve).once('close', resolve))
    }
    gunzip.end()
  }
  const fed = feed().catch(error => void gunzip.destroy(error))
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
  } catch {
    throw new BotError('not_gzip', `${name} cannot be unpacked.`, 'It may have been cut off; export it again.')
  } finally {
    gunzip.destroy()
    await fed
  }
}
