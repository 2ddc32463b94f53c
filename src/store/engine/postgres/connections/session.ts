/**
 * Settings of the server. It ends a transaction that stays idle, so that a frozen process does not keep rows locked;
 * and it drops a connection whose other end is gone, so that there are enough of them. Without a unit, in seconds or a
 * count.
 */
const SESSION = {
  idle_in_transaction_session_timeout: '8s',
  tcp_user_timeout: '20s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '3',
  tcp_keepalives_count: '3',
}

/** Makes the settings, and asks which server process serves the connection. */
export const BEGIN_SESSION = `select pg_backend_pid() as pid, ${Object.entries(SESSION)
  .map(([name, value]) => `set_config('${name}', '${value}', false)`)
  .join(', ')}`
