import type { Verb } from './shell.ts'

export const serve: Verb = (program, shell) => {
  program
    .command('serve')
    .description('run the service: the bot, the schedules and the HTTP endpoints')
    .action(() => shell.serve())
}
