import { z } from 'zod'
import { Root } from './blocks.ts'
import { Day, Instant, Line, Locale, Sha256, Slug, Uid, WebAddress } from './common.ts'

/*
 * Records are what documents refer to. Here they stand in one language, as the document that shows them needs them.
 * Field names of resources follow Open Referral HSDS 3.0 wherever it has one.
 */

const record = <S extends z.core.$ZodLooseShape>(description: string, shape: S) =>
  z.strictObject({ uid: Uid, slug: Slug, ...shape }).describe(description)
const text = z.string().min(1).max(4000)

export const Phone = z
  .strictObject({
    number: z
      .string()
      .regex(/^[+0-9(][0-9 ()./*#-]{1,30}$/)
      .describe('As people dial it, spaces allowed.'),
    extension: z.string().max(20).optional().describe('Extension.'),
    type: z.enum(['voice', 'text', 'textphone', 'fax']).default('voice').describe('What answers.'),
    languages: z.array(Line).optional().describe('Languages spoken, BCP 47 tags.'),
    hours: Line.optional().describe('When it answers, plain text, such as "24 hours, every day".'),
    description: Line.optional().describe('What to say or press, such as "press 1 for veterans".'),
  })
  .describe('A telephone or text number.')
export type Phone = z.infer<typeof Phone>

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export const Weekday = z.enum(weekdays).describe('A day of the week, as RFC 5545 and HSDS `byday` write it.')
export type Weekday = z.infer<typeof Weekday>
const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
export const TimeZone = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9]*(?:[/_+-][A-Za-z0-9]+)*$/)
  .max(64)
  .refine(isTimeZone, 'no name of a time zone, such as `America/New_York`')
  .describe('Name of a time zone in the IANA database, such as `America/New_York`.')
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

export const OpeningTime = z
  .strictObject({
    byday: z.array(Weekday).min(1).max(7).describe('Days on which it opens then.'),
    opensAt: ClockTime.describe('HSDS `opens_at`: when it opens, `HH:MM` by the clock of the time zone.'),
    closesAt: ClockTime.describe(
      'HSDS `closes_at`. When it is not later than `opensAt`, it closes on the day after: `00:00` is midnight.',
    ),
  })
  .describe('Days of the week with the same hours.')
export type OpeningTime = z.infer<typeof OpeningTime>
export const OpeningHours = z
  .discriminatedUnion('open', [
    z.strictObject({ open: z.literal('always').describe('24 hours, every day.') }).describe('Open at any time.'),
    z
      .strictObject({
        open: z.literal('times').describe('At the times given.'),
        timezone: TimeZone.describe('Whose clock the times are of, a name of the IANA database.'),
        times: z.array(OpeningTime).min(1).max(50).describe('When it is open in a week.'),
      })
      .describe('Open at the same times every week.'),
  ])
  .describe('When it is open, for programs. Absent when that is not known.')
export type OpeningHours = z.infer<typeof OpeningHours>

export const costOptions = ['free', 'insurance', 'sliding-scale', 'fee'] as const
export const CostOption = z
  .enum(costOptions)
  .describe(
    'A way to pay: `free` nothing; `insurance` insurance pays, or part of it; `sliding-scale` by what somebody earns; `fee` a price.',
  )
export type CostOption = z.infer<typeof CostOption>

const countryCode = /^(?:[A-Z]{2}|001)$/
const territories = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const isCountry = (code: string): boolean => countryCode.test(code) && territories.of(code) !== undefined
export const ServedPlace = z
  .strictObject({
    country: z
      .string()
      .regex(countryCode)
      .refine(isCountry, 'no code of a country, such as `US`')
      .describe('Code of the country in ISO 3166-1, two letters; `001`, as UN M49 has it, for the whole world.'),
    region: Line.optional().describe('Part of the country, such as a state; absent for all of it.'),
    city: Line.optional().describe('Town or city in it; absent for all of it.'),
  })
  .describe('A place it serves.')
export type ServedPlace = z.infer<typeof ServedPlace>

export const trusts = ['fresh', 'due', 'expired', 'closed'] as const
export const Trust = z
  .enum(trusts)
  .describe(
    'Derived, a state: `fresh` confirmed in time; `due` the last tenth of the time; `expired` not confirmed in time; `closed` inactive, defunct or temporarily closed.',
  )
export type Trust = z.infer<typeof Trust>

export const Resource = record(
  'A helpline, service, support group, website or publication that guidance sends people to.',
  {
    kind: z.enum(['helpline', 'service', 'support-group', 'website', 'publication']).describe('What it is.'),
    name: Line.describe('Name people know it by.'),
    organization: Line.optional().describe('Name of the organisation behind it.'),
    status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']).describe('HSDS `status` of the service.'),
    alert: text.optional().describe('Something to know before calling, shown first.'),
    description: text.describe('What it does, one or two plain sentences.'),
    phones: z.array(Phone).default([]).describe('Numbers, the one to call first at the start.'),
    text: Line.optional().describe('How to reach it by text message, such as "Text HOME to 741741".'),
    chat: WebAddress.optional().describe('Address of its chat.'),
    url: WebAddress.optional().describe('Its website.'),
    email: z.email().optional().describe('Its public e-mail address.'),
    address: Line.optional().describe('Where it is, one line.'),
    serviceArea: Line.optional().describe('Whom it serves by place, such as "United States".'),
    places: z.array(ServedPlace).min(1).max(100).optional().describe('The same for programs: HSDS `service_areas`.'),
    schedule: Line.optional().describe('When it is open, plain text.'),
    openingHours: OpeningHours.optional(),
    eligibility: text.optional().describe('HSDS `eligibility_description`: who may use it.'),
    minimumAge: z.int().min(0).max(130).optional().describe('Years.'),
    maximumAge: z.int().min(0).max(130).optional().describe('Years.'),
    languages: z.array(Line).default([]).describe('Languages it speaks, BCP 47 tags.'),
    fees: Line.optional().describe('HSDS `fees_description`: what it costs.'),
    costOptions: z.array(CostOption).min(1).optional().describe('The same for programs: HSDS `cost_options`.'),
    applicationProcess: text.optional().describe('HSDS `application_process`: how to be taken on.'),
    assuredDate: Day.optional().describe(
      'HSDS `assured_date`: the day somebody last confirmed that all of this is true.',
    ),
    verifyEveryDays: z.int().min(1).max(1100).default(180).describe('Days after which it has to be confirmed again.'),
    replacedBy: Uid.optional().describe('The resource shown in its place while its `status` is not `active`.'),
  },
)
export type Resource = z.infer<typeof Resource>

export const Person = record('A person who writes or reviews guidance.', {
  name: Line.describe('Full name.'),
  credentials: Line.optional().describe('Letters and posts, such as "MD, addiction medicine".'),
  biography: text.optional().describe('A few sentences about the person.'),
  url: WebAddress.optional().describe('A page about the person.'),
  fictional: z
    .boolean()
    .default(false)
    .describe('Whether the person is made up, as those of the sample are; channels say so.'),
})
export type Person = z.infer<typeof Person>

export const Code = z
  .strictObject({
    system: z.enum(['icd-10', 'snomed-ct', 'mesh']).describe('Code system.'),
    code: Line.describe('The code.'),
  })
  .describe('A code that means the topic.')
export type Code = z.infer<typeof Code>
export const MustMention = z
  .strictObject({
    say: Line.describe('What has to be said, such as "that tolerance is lost".'),
    words: z
      .array(Line)
      .min(1)
      .describe('Words that show it is said: one of them, at the start of a word, in any case.'),
  })
  .describe('Something every article on a topic has to say.')
export type MustMention = z.infer<typeof MustMention>
export const Topic = record('A subject guidance is about.', {
  kind: z.enum(['condition', 'treatment', 'prevention', 'living-with']).describe('What it is.'),
  name: Line.describe('Name, plain text.'),
  description: text.optional().describe('One plain sentence.'),
  acuteRisk: z
    .boolean()
    .describe('Whether somebody reading about it may be in danger: `urgent-help` is then required.'),
  sensitive: z.boolean().default(false).describe('Whether being seen reading about it may do harm.'),
  codes: z.array(Code).default([]).describe('Codes for look-up.'),
  mustMention: z
    .array(MustMention)
    .optional()
    .describe('What every article on it has to say. For those who write; readers do not get it.'),
})
export type Topic = z.infer<typeof Topic>

export const Audience = record('Whom guidance is for.', {
  kind: z
    .enum(['patient', 'family', 'professional'])
    .describe('What it is; sets the reading level and the schema.org audience.'),
  name: Line.describe('Name, such as "For patients".'),
})
export type Audience = z.infer<typeof Audience>

export const GlossaryTerm = record('A word and its plain meaning.', {
  term: Line.describe('The word.'),
  definition: text.describe('What it means, one or two plain sentences.'),
})
export type GlossaryTerm = z.infer<typeof GlossaryTerm>

export const SnippetRecord = record('A passage shared by many documents.', {
  name: Line.describe('Name editors see.'),
  body: Root.describe('The passage. It may hold every block but snippets.'),
})
export type SnippetRecord = z.infer<typeof SnippetRecord>

export const CallToActionRecord = record('A call to action shared by many documents.', {
  heading: Line.describe('What it says first.'),
  text: text.optional().describe('Why, in a sentence or two.'),
  label: Line.describe('Text of the button or link.'),
  url: WebAddress.optional().describe('Where it leads; required unless `resource` is set.'),
  resource: Uid.optional().describe('The resource it sends people to, shown with its number.'),
})
export type CallToActionRecord = z.infer<typeof CallToActionRecord>

export const Rendition = z
  .strictObject({
    purpose: z.enum(['web', 'email', 'print', 'thumbnail']).describe('What it is made for.'),
    sha256: Sha256,
    type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/avif']).describe('Media type.'),
    width: z.int().min(1).describe('Pixels.'),
    height: z.int().min(1).describe('Pixels.'),
    bytes: z.int().min(1).describe('Size of the file, bytes.'),
  })
  .describe('One size of a picture, re-encoded and without metadata.')
export type Rendition = z.infer<typeof Rendition>
export const Media = record('A picture.', {
  alt: z.string().max(400).describe('What the picture shows, for those who do not see it. Empty only if `decorative`.'),
  decorative: z.boolean().default(false).describe('Whether it carries no meaning.'),
  credit: Line.optional().describe('Who made it and under which licence.'),
  renditions: z.array(Rendition).min(1).describe('Sizes, largest first within a purpose.'),
})
export type Media = z.infer<typeof Media>

/** The kinds of records documents refer to, and their schemas. */
export const recordSchemas = {
  resources: Resource,
  people: Person,
  topics: Topic,
  audiences: Audience,
  glossary: GlossaryTerm,
  snippets: SnippetRecord,
  'calls-to-action': CallToActionRecord,
  media: Media,
} as const
export type RecordKind = keyof typeof recordSchemas
export const recordKinds = Object.keys(recordSchemas) as RecordKind[]
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>

export const WordingRule = record('A term to avoid, why, and what to write instead.', {
  locale: Locale.describe('Language of the term.'),
  term: Line.describe('The term, in the form a dictionary has.'),
  inflections: z.array(Line).default([]).describe('Its other forms, such as plurals, and phrases that mean the same.'),
  near: z
    .array(Line)
    .default([])
    .describe(
      'For a term with a harmless meaning too: words one of which has to stand in the same sentence. Empty: it always counts.',
    ),
  exemptions: z
    .array(Line)
    .default([])
    .describe('Longer phrases and names that hold the term and are left alone, such as "clean water".'),
  severity: z.enum(['block', 'advise']).describe('Whether it stops a publication; a publisher may waive it.'),
  replacements: z.array(Line).default([]).describe('What to write instead, best first.'),
  because: text.describe('Why, one plain sentence.'),
  source: WebAddress.describe('Where that is said.'),
  checkedOn: Day.describe('The day somebody last read it there.'),
})
export type WordingRule = z.infer<typeof WordingRule>

export const RetiredSource = record('A source that nothing should rest on any longer.', {
  url: WebAddress.describe('Its address, as articles give it.'),
  because: text.describe('Why, one plain sentence.'),
  instead: WebAddress.optional().describe('What to cite instead.'),
  retiredOn: Day.describe('When it was retired here.'),
})
export type RetiredSource = z.infer<typeof RetiredSource>

const byUid = <S extends z.ZodType>(schema: S) => z.record(Uid, schema).default({}).describe('By uid.')
/** The records one document shows, by kind and uid: everything it needs besides itself. */
export const Records = z
  .strictObject({
    resources: byUid(Resource),
    people: byUid(Person),
    topics: byUid(Topic),
    audiences: byUid(Audience),
    glossary: byUid(GlossaryTerm),
    snippets: byUid(SnippetRecord),
    'calls-to-action': byUid(CallToActionRecord),
    media: byUid(Media),
  })
  .describe('The records a document shows, by kind and uid.')
export type Records = z.infer<typeof Records>
export const noRecords = (): Records => Records.parse({})

/** Who publishes, and whom to call in an emergency: what every page, mail and handout says. */
export const Site = z
  .strictObject({
    name: Line.describe('Name of the publication.'),
    publisher: Line.describe('Name of the organisation that publishes.'),
    postalAddress: Line.describe('Postal address of the publisher; every mail carries it.'),
    url: WebAddress.describe('Public address of the site, without a slash at the end.'),
    licence: z
      .strictObject({ name: Line.describe('Name of the licence.'), url: WebAddress.describe('Its text.') })
      .describe('Licence of the content.'),
    emergency: z
      .array(
        z.strictObject({
          region: Line.describe('Where it holds, such as "United States".'),
          text: Line.describe('A ready sentence, such as "In danger now? Call 911".'),
          number: Line.describe('The number to call.'),
        }),
      )
      .min(1)
      .describe('Emergency contacts by region, the default first. Never empty.'),
    contact: z.email().optional().describe('Address for feedback about the content.'),
    funding: text.optional().describe('Who pays for the publication.'),
    sample: z
      .boolean()
      .default(false)
      .describe('Whether the content is a sample; every channel says so and pages are not indexed.'),
    feedback: z
      .boolean()
      .optional()
      .describe('Whether pages ask if they helped. Needs a server that takes the answers: no static host does.'),
    updated: Instant.optional().describe('When this was last changed.'),
  })
  .describe('The publication, in one language.')
export type Site = z.infer<typeof Site>
export { Locale }
