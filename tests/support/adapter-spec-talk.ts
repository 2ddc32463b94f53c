import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOSTILE_NAME, type Stage } from './contract-world.ts'

/** Questions and answers, buttons and forms. */
export function describeTalk(open: () => Promise<Stage>): void {
  let stage: Stage
  beforeEach(async () => {
    stage = await open()
    stage.world.passTo('2026-11-02T08:00')
    await stage.world.start()
  })
  afterEach(() => stage.world.close())

  const pulses = () => stage.world.connection.db.selectFrom('pulses').selectAll().execute()

  const openPulse = async () => {
    const { driver, dana, answerTo } = stage
    return driver.open(dana, await answerTo(dana, 'acme'), 'Submit pulse')
  }

  it('greets once the person who adds it, with what is still to be set up', async () => {
    const { driver, dana, answerTo, nextInPrivate } = stage

    const { shown } = await nextInPrivate(dana, () => driver.introduce(dana))
    await answerTo(dana, 'help')

    expect(shown).toContain('I am Rounds')
    expect(shown).toContain('Dana, csm')
    expect(shown).toMatch(/still needs? to be set up/)
    expect(driver.inPrivate(dana)).toHaveLength(2)
  })

  it('shows an account that is asked for by its name', async () => {
    const { shown } = await stage.answerTo(stage.dana, 'acme')

    expect(shown).toContain('Acme')
    expect(shown).toContain('94 · Healthy')
    expect(shown).toContain('36 of 40 seats used (6 points lost)')
    expect(shown).toContain('240K')
    expect(stage.driver.refused()).toEqual([])
  })

  it('offers a choice when several are meant, and goes on with the chosen one', async () => {
    const { driver, dana, answerTo, nextInPrivate } = stage

    const choice = await answerTo(dana, 'acm')
    expect(choice.shown).toContain('Which account do you mean')
    const card = await nextInPrivate(dana, () => driver.press(dana, choice, { action: 'show', value: 'acme-labs' }))

    expect(card.shown).toContain('Acme Labs')
    expect(card.shown).toContain('Not enough data')
  })

  it('names the nearest command and the help for words that mean nothing', async () => {
    const { shown } = await stage.answerTo(stage.dana, 'lits')

    expect(shown).toContain('no account called "lits"')
    expect(shown).toMatch(/\blist\b/)
    expect(shown).toMatch(/\bhelp\b/)
  })

  it('says something useful for no words at all', async () => {
    expect((await stage.answerTo(stage.dana, 'help')).shown).toMatch(/explain/)
    const { driver, dana, room, nextInPrivate } = stage
    const { shown } = await nextInPrivate(dana, () => driver.mention(dana, room, ''))
    expect(shown).toContain('Your accounts')
  })

  it('answers a mention under it, where everybody reads it', async () => {
    const { driver, dana, room, nextInRoom } = stage

    const post = await nextInRoom(() => driver.mention(dana, room, 'acme'))

    expect(post.shown).toContain('94 · Healthy')
    expect(driver.isInThread(post)).toBe(true)
  })

  it('keeps a private answer private, though it was asked for in a room', async () => {
    const { driver, dana, eve, room, nextInPrivate } = stage

    const { shown } = await nextInPrivate(dana, () => driver.mention(dana, room, 'preferences'))

    expect(shown).toContain('words (yours)')
    expect(driver.inRoom(room).map(post => post.shown)).not.toContainEqual(expect.stringContaining('(yours)'))
    expect(driver.inPrivate(eve)).toEqual([])
  })

  it('says in place what is wrong with a form, keeps nothing of it, and takes it once it is right', async () => {
    const { driver, dana } = stage
    const form = await openPulse()

    await driver.submit(dana, form, { rating: '1', note: ' ' })
    expect(JSON.stringify(form.errors)).toContain('Say why')
    expect(await pulses()).toEqual([])
    await driver.submit(dana, form, { rating: '1', note: 'The sponsor stopped answering.', reasons: ['sponsor'] })

    await driver.saidOnSubmit(dana, form, 'The score goes from 94 to 74.')
    expect(await pulses()).toMatchObject([{ person: 'dana@ours.example', rating: 1, reasons: '["sponsor"]' }])
  })

  it('makes one pulse of a form that is submitted twice', async () => {
    const { driver, dana } = stage
    const form = await openPulse()
    const values = { rating: '5', note: 'They renewed early.' }

    await Promise.all([driver.submit(dana, form, values), driver.submit(dana, form, values)])

    expect(await pulses()).toHaveLength(1)
  })

  it('answers words once, however often they are delivered', async () => {
    const { driver, dana, answerTo } = stage
    await answerTo(dana, 'acme')

    await driver.repeat()
    await answerTo(dana, 'help')

    expect(driver.inPrivate(dana)).toHaveLength(2)
  })

  it('shows hostile text as what it is', async () => {
    const { driver, eve, room, nextInRoom, answerTo } = stage

    const inRoom = await nextInRoom(() => driver.mention(eve, room, 'evil'))
    const explained = await answerTo(eve, 'explain evil')
    const quoted = await answerTo(eve, `${HOSTILE_NAME} two`)

    for (const post of [inRoom, explained, quoted]) expect(post.shown).toContain(HOSTILE_NAME)
    expect(driver.alive()).toEqual([])
    expect(driver.refused()).toEqual([])
  })
}
