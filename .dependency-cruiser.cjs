/** The direction of imports: load, decide, show. Each rule with its reason. */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { pathNot: to },
})
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

const DATABASE = 'node_modules/(kysely|better-sqlite3|@types/better-sqlite3)'

module.exports = {
  forbidden: [
    never('no-circles', {}, { circular: true }, 'Files that need each other are one file, or hide a third.'),
    only(
      'domain-is-pure',
      '^src/domain/',
      '^src/domain/',
      'What decides knows no database, platform, clock or library.',
    ),
    only(
      'views-are-pure',
      '^src/views/',
      '^src/(views|domain)/',
      'A view turns domain values into a card, and needs nothing else.',
    ),
    only(
      'documents-are-pure',
      '^src/documents/',
      '^src/(documents|domain)/|^src/(store|work)/',
      'What programs read is a picture of what was loaded: the same for the command line, HTTP and assistants.',
    ),
    only(
      'model-reads-files-only',
      '^src/model/',
      '^src/(model|domain|errors|nearest)|node_modules/(zod|yaml|croner)|^(node:)?(fs|path|crypto)$',
      'The model is a file: reading and checking one needs no database and no platform.',
    ),
    never(
      'store-alone-speaks-sql',
      { path: '^(src|adapters|migrations)/', pathNot: '^(src/store|migrations)/' },
      { path: DATABASE },
      'SQL in one room: everywhere else are domain values.',
    ),
    never(
      'migrations-stand-alone',
      { path: '^migrations/' },
      { path: '^(src|adapters)/' },
      'A migration that has landed must mean the same for ever.',
    ),
    only(
      'adapters-see-the-port',
      '^adapters/',
      '^adapters/|^src/(errors|log|clock)\\.ts$|^src/chat/(port|platform|tools/tool-port|tools/tool-call)\\.ts$|^src/views/(card|form)\\.ts$|node_modules|^(node:)?[a-z_/]+$',
      'A platform knows the port, the card vocabulary and the errors, and nothing of the product.',
    ),
    never(
      'platforms-stand-alone',
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/[^/]+/', pathNot: '^adapters/$1/' },
      'Platforms never lean on each other.',
    ),
    never(
      'botbuilder-behind-one-file',
      { path: '^(src|adapters|migrations)/', pathNot: '^adapters/teams/connector/bot-connector\\.ts$' },
      { path: 'node_modules/(botbuilder|botframework-)' },
      'It gets no updates any more: whatever takes its place is written behind the same port.',
    ),
    never(
      'bolt-stays-home',
      { path: '^(src|adapters|migrations)/', pathNot: '^adapters/slack/' },
      { path: 'node_modules/@slack/' },
      'A platform can be replaced only while its library is in one folder.',
    ),
    never(
      'roots-alone-know-adapters',
      { path: '^src/', pathNot: '^src/((service|platforms)\\.ts$|process/)' },
      { path: '^adapters/' },
      'Only the composition roots choose platforms.',
    ),
    never(
      'store-serves-nobody',
      { path: '^src/store/' },
      { path: '^src/(chat/(?!(port|platform|tools/tool-port|tools/tool-call)\\.ts)|work|delivery|http|cli|ingest)' },
      'The store is asked; it never asks back.',
    ),
    never(
      'store-draws-nothing',
      { path: '^src/store/' },
      { path: '^src/views/(?!card\\.ts)' },
      'The store keeps cards and makes none.',
    ),
    never(
      'delivery-below-work',
      { path: '^src/delivery/' },
      { path: '^src/(work/|chat/(?!(port|platform|tools/tool-port|tools/tool-call)\\.ts)|http/|cli/|ingest/)' },
      'Delivery brings what the outbox holds; what it says is not its business.',
    ),
    never(
      'ingest-below-work',
      { path: '^src/ingest/' },
      { path: '^src/(work|chat|http|cli|delivery)/' },
      'A door is a translation into ingest; ingest knows no door.',
    ),
    never(
      'work-below-doors',
      { path: '^src/work/' },
      { path: '^src/(chat/(?!(port|platform|tools/tool-port|tools/tool-call)\\.ts)|http/|cli/)' },
      'What several doors ask for, or nobody, knows none of the doors.',
    ),
    never(
      'threads-below-doors',
      { path: '^src/threads/' },
      { path: '^src/(chat/(?!(port|platform|tools/tool-port|tools/tool-call)\\.ts)|http/|cli/|delivery/)' },
      'A door hands its work to a thread; no thread knows a door.',
    ),
    never(
      'engine-alone-drives',
      { path: '^(src|adapters|migrations)/', pathNot: '^src/store/engine/' },
      { path: 'node_modules/(better-sqlite3|@types/better-sqlite3)' },
      'What is true of one database only is in one folder.',
    ),
    ...['sqlite', 'postgres'].map(engine =>
      never(
        `${engine}-behind-one-interface`,
        { path: '^src/', pathNot: `^src/store/engine/(engines\\.ts|${engine}/)` },
        { path: `^src/store/engine/${engine}/` },
        'Another database is another folder, and nobody else notices.',
      ),
    ),
    never(
      'what-runs-is-a-dependency',
      { path: '^(src|adapters|migrations)/', pathNot: '^adapters/teams/appPackage/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
      'An image is built without the packages of development.',
    ),
    never(
      'tests-stay-outside',
      { path: '^(src|adapters|migrations)/' },
      { path: '^(tests|bench|examples)/' },
      'No test doors in the product.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
