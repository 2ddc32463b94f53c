import { randomBytes } from 'node:crypto'
import type { Runtime } from '../../../context.ts'
import { takeConnectCode } from '../../../store/assistants/connect-codes.ts'
import {
  ACCESS_LASTS,
  addConnection,
  endConnectionOfToken,
  refreshConnection,
} from '../../../store/assistants/connections.ts'
import { findOAuthClientOrNone, saveOAuthClient } from '../../../store/assistants/oauth-clients.ts'
import { findGrantOrNone, saveGrant, takeGrant } from '../../../store/assistants/oauth-grants.ts'
import { recordAudit } from '../../../store/audit/audit.ts'
import { inTransaction } from '../../../store/engine/transaction.ts'
import type { SignIn } from '../tool-port.ts'

/** How clients of OAuth get in: what they register, what people consent to, what they hold. */
export function signInOf({ connection: { db }, clock, newId }: Runtime): SignIn {
  const pair = () => ({ access: secret('rnda'), refresh: secret('rndr'), lasts: ACCESS_LASTS / 1_000 })
  return {
    client: id => findOAuthClientOrNone(db, id),
    register: client => saveOAuthClient(db, client, clock()),
    async consent(code, { client, challenge, redirect }) {
      const now = clock()
      const person = await takeConnectCode(db, code.trim().toUpperCase(), now)
      if (person === undefined) return undefined
      const granted = secret('rndg')
      await saveGrant(db, granted, { client, person, challenge, redirect }, now)
      return granted
    },
    grant: code => findGrantOrNone(db, code, clock()),
    exchange: (code, client) =>
      inTransaction(db, async db => {
        const now = clock()
        const grant = await takeGrant(db, code, now)
        if (grant === undefined || grant.client !== client.id) return undefined
        const next = pair()
        const id = newId()
        await addConnection(db, { id, client: client.id, name: client.name, person: grant.person }, next, now)
        await recordAudit(db, { at: now, who: grant.person, act: 'assistant.connect', subject: id, isNow: client.name })
        return next
      }),
    async refresh(token, client) {
      const next = pair()
      return (await refreshConnection(db, client, token, next, clock())) ? next : undefined
    },
    revoke: (token, client) => endConnectionOfToken(db, client, token, clock()),
  }
}

function secret(kind: string): string {
  return `${kind}_${randomBytes(32).toString('base64url')}`
}
