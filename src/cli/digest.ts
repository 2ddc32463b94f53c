import { destinationName } from '../domain/delivery/destination.ts'
import type { DigestItem } from '../domain/digests/digest.ts'
import type { PortfolioReview } from '../domain/portfolio/review.ts'
import { isoTime } from '../domain/time/iso-time.ts'
import { BotError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import type { Claim } from '../store/claims/claims.ts'
import { readManagedDigests } from '../store/digests/managed-digests.ts'
import { updateCustomers } from '../work/accounts/update-customers.ts'
import { type BuiltDigest, buildDigest, digestJobName } from '../work/digests/build-digest.ts'
import { type KnownDigest, knownDigests } from '../work/digests/known-digests.ts'
import { alone } from './admin/alone.ts'
import { instantArgument } from './arguments.ts'
import { printJson, type Verb } from './shell.ts'

type Options = { asOf?: string; dryRun?: boolean; json?: boolean; db?: string }

export const digest: Verb = (program, shell) => {
  program
    .command('digest')
    .description('build a digest and send it; with --dry-run, only show it')
    .argument('<name>', 'a digest from digests.yaml, or one created in chat')
    .option('--as-of <time>', 'as of this time instead of now')
    .option('--dry-run', 'show it; send and record nothing')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: Options) => {
      const settings = shell.settings()
      const connection = await shell.open(options.db)
      const known = knownDigests(await readManagedDigests(connection.db), settings)
      const { digest: wanted, isPaused } = findDigest(known, name)
      if (isPaused && options.dryRun !== true) throw paused(name)
      if (options.dryRun !== true) await updateCustomers(connection.db, settings.routes.customers, shell.clock())
      const build = () => {
        const at = options.asOf === undefined ? shell.clock() : instantArgument('--as-of', options.asOf)
        return buildDigest(connection, settings, wanted, at)
      }
      // Held until it was sent: who comes next tells what is new since then, not the same once more.
      const sent = async (claim: Claim) => {
        const built = await build()
        await shell.send(connection, built, { claim, url: options.db })
        return built
      }
      const built = options.dryRun ? await build() : await alone(shell, connection, digestJobName(wanted.name), sent)
      if (options.json) printJson(shell, digestJson(built))
      else shell.print(await shell.draw(built.card))
    })
}

/** The person who paused it meant that nothing goes out. */
function paused(name: string): BotError {
  return new BotError(
    'paused_digest',
    `The digest ${name} is paused, so nothing was sent.`,
    `/health digest resume ${name} lets it go out again; --dry-run only says what it would be.`,
  )
}

function findDigest(known: readonly KnownDigest[], name: string): KnownDigest {
  const found = known.find(({ digest }) => digest.name === name)
  if (found !== undefined) return found
  const names = known.map(({ digest }) => digest.name)
  const nearest = nearestOf(name, names)
  const hint =
    names.length === 0
      ? 'Add one to digests.yaml in the folder of ROUNDS_CONFIG.'
      : `The digests are ${names.join(', ')}.`
  throw new BotError(
    'no_digest',
    `There is no digest "${name}".`,
    nearest === undefined ? hint : `Did you mean "${nearest}"? ${hint}`,
  )
}

function digestJson({ digest, news, review }: BuiltDigest) {
  return {
    digest: digest.name,
    channel: destinationName(digest.to),
    ...(news.baseline !== undefined && { baseline: news.baseline, expansion_ready: news.ready }),
    sections: news.sections.map(({ kind, items, more }) => ({
      kind,
      items: items.map(itemJson),
      ...(more !== undefined && { more }),
    })),
    unchanged: news.unchanged,
    ...(review !== undefined && { portfolio: reviewJson(review, digest.show.arr) }),
  }
}

function reviewJson({ trend, bands, renewals, programme, unowned }: PortfolioReview, showArr: boolean) {
  return {
    mean: { now: trend.now ?? null, week_ago: trend.weekAgo ?? null, month_ago: trend.monthAgo ?? null },
    bands: bands.map(({ verdict, accounts, arr }) => ({ band: verdict, accounts, ...(showArr && { arr }) })),
    renewals: renewals.map(({ id, renewalOn, verdict }) => ({ account: id, renewal_on: renewalOn, band: verdict })),
    week: { ...programme, tasksDone: undefined, tasks_done: programme.tasksDone },
    unowned: unowned.map(({ id }) => id),
  }
}

function itemJson({ account, from, alert, task }: DigestItem) {
  return {
    account: account.id,
    from: from ?? null,
    to: account.verdict,
    shown: account.shown ?? null,
    change_30d: account.change ?? null,
    reason: alert?.reason ?? account.reason,
    alert: alert?.id ?? null,
    claimed_by: alert?.claimedBy ?? null,
    owner: account.owner ?? null,
    renewal_on: account.renewalOn ?? null,
    task: task === undefined ? null : { id: task.id, title: task.title, due_at: isoTime(task.dueAt) },
  }
}
