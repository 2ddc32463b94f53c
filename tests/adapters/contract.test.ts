import { describeAdapter } from '../support/adapter-spec.ts'
import { createSlackDriver } from '../support/slack-driver.ts'

describeAdapter('slack', world => createSlackDriver(world.slack))
