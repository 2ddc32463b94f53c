/** Somebody in the company's chat; in Rounds they are known as `<name in small letters>@ours.example`. */
export type Person = { readonly name: string; readonly email: string }

export type Room = { readonly name: string }

/** A message of the bot's as it stands now, for the person who looks at it. */
export type Post = { readonly id: string; readonly shown: string }

/** A form that somebody has before them: `errors` by field after a refusal, `shown` what it says now. */
export type OpenForm = { readonly shown: string; readonly errors: Readonly<Record<string, string>> }

/** A button by its label, or by its action or value. */
export type Wanted = string | { readonly label?: string; readonly action?: string; readonly value?: string }

export type Values = Readonly<Record<string, string | readonly string[]>>

/**
 * What the contract suite needs of a platform: what people do there and what they see. A driver turns each of these
 * into what its fake's people do; it never reaches past the fake.
 */
export type ChatDriver = {
  readonly platform: string
  person(name: string): Person
  room(name: string): Room
  /** Somebody of another company, or a guest: whom the platform lets into a room from outside. */
  outsider(name: string): Person
  /** People from outside read along in a room from now on. */
  share(room: Room): void
  /** How routes and digests name a room. */
  target(room: Room): string
  /** Somebody adds the bot for themselves, or to a room, and is greeted where the platform tells the bot of it. */
  introduce(person: Person, room?: Room): Promise<void>
  /** What the bot says to everybody in a room, threads included, oldest first. */
  inRoom(room: Room): readonly Post[]
  /** What the bot says to one person alone, wherever, oldest first. */
  inPrivate(person: Person): readonly Post[]
  /** Whether a post answers under another message. */
  isInThread(post: Post): boolean
  /** Writes to the bot alone. */
  ask(person: Person, words: string): Promise<void>
  /** Writes in a room and mentions the bot. */
  mention(person: Person, room: Room, words: string): Promise<void>
  /** Presses, and gives what the presser reads in answer. */
  press(person: Person, post: Post, button: Wanted): Promise<string>
  /** Presses a button that leads to a form, and gives the form. */
  open(person: Person, post: Post, button: Wanted): Promise<OpenForm>
  submit(person: Person, form: OpenForm, values: Values): Promise<void>
  /** Waits until a submitted form says this in its place, or the message that it was opened from does. */
  saidOnSubmit(person: Person, form: OpenForm, words: string): Promise<void>
  /** Delivers the last thing anybody did once more, as the platform does when it takes the first for lost. */
  repeat(): Promise<void>
  /** The bot may not write there anymore, or may again. */
  shut(room: Room): void
  reopen(room: Room): void
  /** The next post is refused for so many seconds. */
  askToWait(seconds: number): void
  /** The next post arrives, but its answer is lost. */
  loseAnswer(): void
  /** How many posts the platform was asked for, taken or not. */
  postsTried(): number
  /** Everybody who was rung, and whatever came alive that stood in a text: mentions, links, templates. */
  alive(): readonly string[]
  /** What the platform refused of what the bot sent, in the platform's words; `askToWait` and `shut` included. */
  refused(): readonly string[]
}
