/** Where each preset's bands come from; what a source does not give is ours, and said to be. */
const SOURCES: Readonly<Record<string, string>> = {
  yourcx: 'YourCX guide to Customer Health Scores, its own bands',
  saas: 'YourCX guide, its SaaS example, the bands of the guide',
  'b2b-services': 'YourCX guide, its example of services, the bands of the guide',
  ecommerce: 'YourCX guide, its example of a shop, the bands of the guide',
  'financial-services': 'YourCX guide, its example of a bank, the bands of the guide',
  insurance: 'YourCX guide, its example of an insurer, the bands of the guide',
  retail: 'YourCX guide, its example of a retailer, the bands of the guide',
  glossary: 'A customer-success glossary (quoting Gainsight, Vitally, Totango, Bain), its own bands',
  'four-metric': 'The same glossary, after Vitally; the bands are ours',
  'five-step':
    '"Calculate Customer Health Score in 5 Easy Steps": healthy is within 20 of 100; at risk below 50 is ours',
  akita: "Akita's guide of 2024; the bands are ours",
  'kpi-depot': 'KPI Depot, its own bands',
}

export function presetSource(name: string): string {
  return SOURCES[name] ?? 'A preset of Rounds; the bands are ours'
}
