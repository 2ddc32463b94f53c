import { postOut } from '../../src/outbound/post-out.ts'

/** In a process of its own, since Node reads its authorities once: posts to the address, and prints what came of it. */
const [url = '', allowsPrivate = ''] = process.argv.slice(2)
const headers = { 'content-type': 'application/json', 'webhook-id': 'evt_1' }
const sent = await postOut(url, {
  headers,
  body: '{"type":"alert"}',
  allowsPrivate: allowsPrivate === 'private',
}).catch(error => ({ error: String(error.message) }))
console.log(JSON.stringify(sent))
