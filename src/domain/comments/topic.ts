/** What comments can be about. `words` are looked for at the starts of words, or as whole words where they end with a blank. */
export type Topic = { readonly label: string; readonly words: readonly string[] }

/** In the order in which they are shown where nothing else decides. Settings add words and topics; nothing invents them. */
export const TOPICS: readonly Topic[] = [
  {
    label: 'Speed and reliability',
    words: listed(
      'slow, lag, laggy, latency, timeout, timed out, crash, outage, downtime, freez, unstable, loading, performance',
    ),
  },
  {
    label: 'Bugs',
    words: listed(
      "bug , bugs , buggy, broken, error, glitch, not working, doesn't work, does not work, fails , failed , failing",
    ),
  },
  {
    label: 'Price and billing',
    words: listed('price, pricing, expensive, cost, invoice, billing, billed, discount, refund, budget, cheaper'),
  },
  {
    label: 'Support',
    words: listed('support, helpdesk, help desk, ticket, customer service, response time, no answer, no reply'),
  },
  {
    label: 'Onboarding and training',
    words: listed(
      'onboard, training, documentation, docs , tutorial, webinar, learning curve, set up , setup, getting started',
    ),
  },
  {
    label: 'Ease of use',
    words: listed(
      'intuitive, confus, complicated, clunky, user-friendly, user friendly, easy to use, hard to use, interface, usability, navigat',
    ),
  },
  {
    label: 'Integrations',
    words: listed('integrat, api , apis , webhook, sync , syncs , syncing, connector, single sign-on'),
  },
  { label: 'Reports and exports', words: listed('report, dashboard, export, chart, analytics, spreadsheet') },
  {
    label: 'Missing features',
    words: listed('missing, feature request, wish , would like, roadmap, lacks , lacking, need a way'),
  },
  {
    label: 'Security and access',
    words: listed('security, sso , saml, permission, gdpr, complian, password, log in , login, locked out'),
  },
  {
    label: 'Renewal and contract',
    words: listed('renew, contract, cancel, terminat, competitor, alternative, switch to , switching to '),
  },
  {
    label: 'Changes of people',
    words: listed('new manager, new owner, left the company, is leaving, champion, reorgani, sponsor, new team'),
  },
  { label: 'Value', words: listed('saves us, saves time, saved us, roi , worth , productiv, pays off, great value') },
]

/** A custom dictionary: more words for a topic, or another topic. */
export function withTopics(more: Readonly<Record<string, readonly string[]>>): readonly Topic[] {
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const known = TOPICS.map(topic => {
    const added = Object.entries(more).filter(([label]) => isSame(label, topic.label))
    return { ...topic, words: [...topic.words, ...added.flatMap(([, words]) => words)] }
  })
  const others = Object.entries(more).filter(([label]) => !TOPICS.some(topic => isSame(label, topic.label)))
  return [...known, ...others.map(([label, words]) => ({ label, words }))]
}

/** The labels of what a text is about, in the order of the topics; none where it says nothing that is known. */
export function topicsOf(text: string, topics: readonly Topic[]): string[] {
  const words = ` ${text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}'-]+/gu, ' ')} `
  return topics
    .filter(topic => topic.words.some(word => words.includes(` ${word.toLowerCase()}`)))
    .map(({ label }) => label)
}

function listed(words: string): readonly string[] {
  return words.split(/,\s?/).filter(word => word !== '')
}
