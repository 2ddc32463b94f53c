const NEVER_SENT = new Set(
  `ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ENETDOWN EADDRNOTAVAIL UND_ERR_CONNECT_TIMEOUT
  ETIMEDOUT_CONNECT CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN
  UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID`.split(/\s+/),
)

/** Whether Node's error says that no connection was made, so that certainly nothing was posted. */
export function wasNeverSent(reason: string): boolean {
  return NEVER_SENT.has(reason)
}
