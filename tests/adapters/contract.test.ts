import { describeAdapter } from '../support/adapter-spec.ts'
import { createSlackDriver } from '../support/slack-driver.ts'
import { createTeamsDriver } from '../support/teams-driver.ts'

describeAdapter('slack', world => createSlackDriver(world.slack))
describeAdapter('teams', world => createTeamsDriver(world.teams))
