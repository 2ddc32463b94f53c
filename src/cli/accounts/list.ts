import { asTypedHere } from '../../command-name.ts'
import { accountLineDocument } from '../../documents/account-line.ts'
import { fallenFirst, foldBand, isInPart, worstFirst } from '../../domain/portfolio/portfolio.ts'
import { readEveryAccount, readPortfolio } from '../../store/portfolio/portfolio.ts'
import { portfolioCard } from '../../views/portfolio/portfolio-card.ts'
import { updateCustomers } from '../../work/accounts/update-customers.ts'
import { whyNone } from '../../work/accounts/why-none.ts'
import { usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = {
  band?: string
  segment?: string
  owner?: string
  sort?: string
  retired?: boolean
  json?: boolean
  db?: string
}

export const list: Verb = (program, shell) => {
  program
    .command('list')
    .description('list the portfolio, worst first')
    .option('--band <band>', 'only this band, such as at-risk')
    .option('--segment <segment>', 'only this segment')
    .option('--owner <email>', 'only accounts of this owner')
    .option('--sort <order>', 'score (default) or change')
    .option('--retired', 'include retired accounts')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      if (!['score', 'change', undefined].includes(options.sort)) {
        throw usage(`--sort "${options.sort}" is not a valid order.`, 'Write score or change.')
      }
      const { model, routes } = shell.settings()
      const bands = [...model.bands.map(({ id }) => id), 'unknown']
      if (options.band !== undefined && !bands.map(foldBand).includes(foldBand(options.band))) {
        throw usage(`--band "${options.band}" is not a valid band.`, `Write one of ${bands.join(', ')}.`)
      }
      const connection = await shell.open(options.db)
      await updateCustomers(connection.db, routes.customers, shell.clock())
      const read = options.retired ? readEveryAccount : readPortfolio
      const lines = (await read(connection.db, shell.clock()))
        .filter(line => isInPart(line, options))
        .sort(options.sort === 'change' ? fallenFirst : worstFirst)
      if (options.json) return printJson(shell, lines.map(accountLineDocument))
      if (lines.some(({ scoredAt }) => scoredAt === undefined))
        shell.note('Some accounts are not scored yet. Run `rounds score`.')
      const isFiltered = [options.band, options.segment, options.owner].some(filter => filter !== undefined)
      const empty = isFiltered
        ? await whyNone(connection.db, options.segment, shell.clock())
        : 'There are no accounts yet. `rounds import accounts FILE` adds them.'
      shell.print(
        await shell.draw(portfolioCard(model, 'Portfolio', { lines, total: lines.length }, asTypedHere(empty))),
      )
    })
}
