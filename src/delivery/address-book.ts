import type { AddressBook } from '../chat/port.ts'
import { findAddressOrNone, saveAddress } from '../store/destinations/addresses.ts'
import { userIdOrNone } from '../store/people/platform-users.ts'
import type { Db } from '../store/tables.ts'

/** The addresses that one platform must remember, in the database. */
export function addressBook(db: Db, platform: string): AddressBook {
  return {
    find: id => findAddressOrNone(db, platform, id),
    keep: (id, address) => saveAddress(db, platform, id, address),
    userOf: email => userIdOrNone(db, platform, email),
  }
}
