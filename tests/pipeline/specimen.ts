import { readFileSync } from 'node:fs'
import {
  type Article,
  type blocks,
  type Edition,
  type Issue,
  type Locale,
  noRecords,
  type Records,
  Records as RecordsSchema,
  type Site,
} from 'content-schemas'
import type { TypesetJob } from 'pipeline/channels/channel.ts'
import { type Environment, prepare } from 'pipeline/compile.ts'
import { contentHash, sha256, stampOf } from 'pipeline/identity.ts'
import { readabilityKept } from 'pipeline/reading/readability.ts'
import type { Published } from 'pipeline/source.ts'

/*
 * One article and one issue with every block, in each language: what the tests of channels render.
 * The texts are made up; the numbers are those kept for fiction.
 */

const uid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const ids = {
  article: uid(1),
  issue: uid(2),
  newsletter: uid(3),
  helpline: uid(10),
  group: uid(11),
  person: uid(20),
  reviewer: uid(21),
  topic: uid(30),
  audience: uid(40),
  term: uid(50),
  snippet: uid(60),
  action: uid(70),
  callHelpline: uid(71),
  picture: uid(80),
  ornament: uid(81),
} as const

export const picture = readFileSync(new URL('../../cms/sample/media/naloxone-kit.png', import.meta.url))
const rendition = {
  purpose: 'web' as const,
  sha256: sha256(picture),
  type: 'image/png' as const,
  width: picture.readUInt32BE(16),
  height: picture.readUInt32BE(20),
  bytes: picture.byteLength,
}

/** The words of a specimen in one language. */
type Words = typeof en
const en = {
  title: 'Resting after a hard week',
  summary: 'How to rest when you are worn out, and whom to call when rest is not enough.',
  mainMessage: 'Rest is part of getting well. Ask for help early.',
  audience: 'For patients',
  topic: 'Rest',
  paragraph: 'Most people feel better after a few quiet days. Write down how you feel each evening.',
  strong: 'Drink water often.',
  emphasis: 'slowly',
  term: 'fatigue',
  definition: 'Being so tired that sleep does not help.',
  link: 'the guide to sleeping',
  heading: 'What to do first',
  subheading: 'In the morning',
  listed: ['Open the window.', 'Eat something warm.'],
  quote: 'I wish I had asked on the first day.',
  tableHead: ['Day', 'Aim'],
  table: [
    ['Monday', 'Walk for ten minutes, then sit down.'],
    ['Tuesday', 'Call a friend.'],
  ],
  callout: { note: 'Good to know', tip: 'A small trick', warning: 'Take care', emergency: 'Act at once' },
  calloutText: 'Keep a glass of water beside the bed.',
  steps: 'Three quiet days',
  step: ['Lie down', 'Get up slowly', 'Tell someone'],
  time: 'First day',
  stepText: 'Choose a place where nobody disturbs you.',
  options: 'Where you can rest',
  option: ['At home', 'At a rest house'],
  whoFor: ['People with somebody near them', 'People who live alone'],
  optionText: 'A nurse calls you every morning and asks how you slept.',
  ask: ['What does it cost?', 'May I bring my dog?'],
  checklist: 'What to bring',
  items: ['A blanket', 'A list of your medicines', 'A phone charger'],
  doDont: 'What helps',
  dos: ['Go to bed at the same time', 'Say what you need'],
  donts: ['Drive when you are tired', 'Wait until you cannot stand'],
  faq: 'People often ask',
  question: ['How long does it take?', 'Can I work?'],
  answer: 'It differs. Most people need between three and ten days.',
  caption: 'A bag, packed the evening before',
  alt: 'An open bag with a blanket and a small box',
  resources: 'People who can help',
  helpline: 'The Quiet Line',
  organization: 'Society for Rest',
  helplineText: 'Trained volunteers listen and help you plan.',
  hours: '24 hours, every day',
  press: 'press 2 for Spanish',
  group: 'Evening circle',
  groupText: 'A group that meets to talk about tiredness.',
  address: '12 Example Street, Springfield',
  action: 'Plan your rest',
  actionText: 'It takes five minutes.',
  actionLabel: 'Make a plan',
  urgent: 'Get help now',
  urgentText: 'If somebody cannot be woken, call 911.',
  emergency: 'In danger now? Call 911.',
  region: 'United States',
  snippet: 'Never leave a person who cannot be woken alone.',
  author: 'Ada Author',
  reviewer: 'Rita Reviewer',
  source: 'On rest and recovery',
  site: 'Signpost',
  publisher: 'Example Health Network',
  postalAddress: '1 Example Square, Springfield, 00000',
  subject: 'News for quiet days',
  greeting: 'Hello,',
  preheader: 'One article and two places to call',
  footer: 'You asked for this letter at the Example Health Network.',
}
const es: Words = {
  ...en,
  title: 'Descansar después de una semana difícil',
  summary: 'Cómo descansar cuando está agotado y a quién llamar si no basta.',
  mainMessage: 'Descansar es parte de sanar. Pida ayuda pronto.',
  audience: 'Para pacientes',
  paragraph: 'La mayoría mejora tras unos días tranquilos. ¿Cómo se siente hoy? Anótelo cada noche.',
  heading: 'Qué hacer primero',
  subheading: 'Por la mañana',
  urgent: 'Pida ayuda ahora',
  urgentText: 'Si alguien no se despierta, llame al 911.',
  emergency: '¿Está en peligro? Llame al 911.',
}
const ar: Words = {
  title: 'الراحة بعد أسبوع صعب',
  summary: 'كيف ترتاح حين تكون منهكًا، وبمن تتصل إذا لم تكفِ الراحة.',
  mainMessage: 'الراحة جزء من التعافي. اطلب المساعدة مبكرًا.',
  audience: 'للمرضى',
  topic: 'الراحة',
  paragraph: 'يشعر معظم الناس بتحسن بعد أيام هادئة. اتصل بالرقم +1 555 010 4477 أو زر www.example.org/rest متى شئت.',
  strong: 'اشرب الماء كثيرًا.',
  emphasis: 'ببطء',
  term: 'الإرهاق',
  definition: 'تعب شديد لا يزيله النوم.',
  link: 'دليل النوم',
  heading: 'ماذا تفعل أولًا',
  subheading: 'في الصباح',
  listed: ['افتح النافذة.', 'كُل شيئًا دافئًا.'],
  quote: 'ليتني سألت في اليوم الأول.',
  tableHead: ['اليوم', 'الهدف'],
  table: [
    ['الاثنين', 'امشِ عشر دقائق ثم اجلس.'],
    ['الثلاثاء', 'اتصل بصديق.'],
  ],
  callout: { note: 'معلومة مفيدة', tip: 'حيلة صغيرة', warning: 'انتبه', emergency: 'تصرف فورًا' },
  calloutText: 'ضع كوب ماء بجانب السرير.',
  steps: 'ثلاثة أيام هادئة',
  step: ['استلقِ', 'انهض ببطء', 'أخبر أحدًا'],
  time: 'اليوم الأول',
  stepText: 'اختر مكانًا لا يزعجك فيه أحد.',
  options: 'أين يمكنك أن ترتاح',
  option: ['في البيت', 'في دار للراحة'],
  whoFor: ['لمن لديه شخص قريب', 'لمن يعيش وحده'],
  optionText: 'تتصل بك ممرضة كل صباح وتسألك كيف نمت.',
  ask: ['كم تبلغ التكلفة؟', 'هل يمكنني إحضار كلبي؟'],
  checklist: 'ماذا تحضر معك',
  items: ['بطانية', 'قائمة بأدويتك', 'شاحن هاتف'],
  doDont: 'ما الذي يساعد',
  dos: ['نم في الموعد نفسه', 'قل ما تحتاج إليه'],
  donts: ['لا تقد السيارة وأنت متعب', 'لا تنتظر حتى تعجز عن الوقوف'],
  faq: 'أسئلة كثيرة التكرار',
  question: ['كم يستغرق ذلك؟', 'هل أستطيع العمل؟'],
  answer: 'يختلف الأمر. يحتاج معظم الناس إلى ما بين ثلاثة وعشرة أيام.',
  caption: 'حقيبة جُهزت في المساء السابق',
  alt: 'حقيبة مفتوحة فيها بطانية وعلبة صغيرة',
  resources: 'من يمكنه المساعدة',
  helpline: 'خط الهدوء',
  organization: 'جمعية الراحة',
  helplineText: 'متطوعون مدربون يستمعون إليك ويساعدونك على التخطيط.',
  hours: 'على مدار الساعة كل يوم',
  press: 'اضغط 2 للإسبانية',
  group: 'حلقة المساء',
  groupText: 'مجموعة تلتقي للحديث عن التعب.',
  address: '12 شارع المثال، سبرينغفيلد',
  action: 'خطط لراحتك',
  actionText: 'يستغرق ذلك خمس دقائق.',
  actionLabel: 'ضع خطة',
  urgent: 'اطلب المساعدة الآن',
  urgentText: 'إذا تعذر إيقاظ شخص ما فاتصل بالرقم 911.',
  emergency: 'هل أنت في خطر الآن؟ اتصل بالرقم 911.',
  region: 'الولايات المتحدة',
  snippet: 'لا تترك وحده شخصًا تعذر إيقاظه.',
  author: 'آدا المؤلفة',
  reviewer: 'ريتا المراجعة',
  source: 'عن الراحة والتعافي',
  site: 'علامة الطريق',
  publisher: 'شبكة المثال الصحية',
  postalAddress: '1 ميدان المثال، سبرينغفيلد',
  subject: 'أخبار لأيام هادئة',
  greeting: 'مرحبًا،',
  preheader: 'مقالة واحدة ورقمان للاتصال',
  footer: 'طلبت هذه الرسالة من شبكة المثال الصحية.',
}
export const words: Record<Locale, Words> = { en, es, ar }

const text = (value: string): blocks.Text => ({ type: 'text', value })
const paragraph = (value: string): blocks.Paragraph => ({ type: 'paragraph', children: [text(value)] })

/** A body with every block and every mark. */
export function everyBlock(w: Words): blocks.Root {
  const callouts = (['note', 'tip', 'warning', 'emergency'] as const).map(
    (variant): blocks.Callout => ({
      type: 'callout',
      id: `callout-${variant}`,
      variant,
      title: w.callout[variant],
      children: [paragraph(w.calloutText)],
    }),
  )
  const children: blocks.Flow[] = [
    {
      type: 'paragraph',
      children: [
        text(`${w.paragraph} `),
        { type: 'strong', children: [text(w.strong)] },
        text(' '),
        { type: 'emphasis', children: [text(w.emphasis)] },
        { type: 'break' },
        { type: 'term', term: ids.term, children: [text(w.term)] },
        { type: 'citation', source: 's1' },
        text(' · '),
        { type: 'link', url: 'https://www.example.org/sleep', children: [text(w.link)] },
      ],
    },
    {
      type: 'urgent-help',
      id: 'urgent',
      title: w.urgent,
      resources: [ids.helpline],
      children: [paragraph(w.urgentText)],
    },
    { type: 'heading', depth: 2, children: [text(w.heading)] },
    paragraph(w.calloutText),
    { type: 'heading', depth: 3, children: [text(w.subheading)] },
    {
      type: 'list',
      ordered: false,
      children: w.listed.map((item) => ({ type: 'listItem', children: [paragraph(item)] })),
    },
    {
      type: 'list',
      ordered: true,
      start: 3,
      children: w.listed.map((item) => ({ type: 'listItem', children: [paragraph(item)] })),
    },
    { type: 'blockquote', children: [paragraph(w.quote)] },
    { type: 'thematicBreak' },
    {
      type: 'table',
      children: [w.tableHead, ...w.table].map((row) => ({
        type: 'tableRow',
        children: row.map((cell) => ({ type: 'tableCell', children: [text(cell)] })),
      })),
    },
    ...callouts,
    {
      type: 'steps',
      id: 'steps',
      title: w.steps,
      children: w.step.map((title, index) => ({
        type: 'step',
        id: `step-${index}`,
        title,
        ...(index === 0 ? { time: w.time } : {}),
        children: [paragraph(w.stepText), ...(index === 1 ? [callouts[1]!] : [])],
      })),
    },
    {
      type: 'care-options',
      id: 'options',
      title: w.options,
      children: w.option.map((title, index) => ({
        type: 'care-option',
        id: `option-${index}`,
        title,
        whoFor: w.whoFor[index]!,
        questions: w.ask.map((question, number) => ({ id: `ask-${index}-${number}`, text: question })),
        children: [paragraph(w.optionText)],
      })),
    },
    {
      type: 'checklist',
      id: 'checklist',
      title: w.checklist,
      items: w.items.map((item, index) => ({ id: `item-${index}`, text: item })),
    },
    {
      type: 'do-dont',
      id: 'do-dont',
      title: w.doDont,
      dos: w.dos.map((item, index) => ({ id: `do-${index}`, text: item })),
      donts: w.donts.map((item, index) => ({ id: `dont-${index}`, text: item })),
    },
    {
      type: 'faq',
      id: 'faq',
      title: w.faq,
      children: w.question.map((title, index) => ({
        type: 'question',
        id: `question-${index}`,
        title,
        children: [paragraph(w.answer)],
      })),
    },
    { type: 'figure', id: 'figure', media: ids.picture, caption: w.caption },
    { type: 'figure', id: 'ornament', media: ids.ornament },
    { type: 'resources', id: 'resources', title: w.resources, resources: [ids.helpline, ids.group] },
    { type: 'call-to-action', id: 'action', record: ids.action },
    { type: 'call-to-action', id: 'call', record: ids.callHelpline },
    { type: 'snippet', id: 'snippet', record: ids.snippet },
  ]
  return { type: 'root', children }
}

export const recordsOf = (w: Words): Records =>
  RecordsSchema.parse({
    ...noRecords(),
    resources: {
      [ids.helpline]: {
        uid: ids.helpline,
        slug: 'quiet-line',
        kind: 'helpline',
        name: w.helpline,
        organization: w.organization,
        status: 'active',
        description: w.helplineText,
        phones: [{ number: '+1 555 010 0199', hours: w.hours, description: w.press, languages: ['en', 'es'] }],
        text: 'HELP → 555-0142',
        url: 'https://www.example.org/quiet-line',
        fees: '0',
        assuredDate: '2026-01-01',
        verifyEveryDays: 1000,
      },
      [ids.group]: {
        uid: ids.group,
        slug: 'evening-circle',
        kind: 'support-group',
        name: w.group,
        status: 'active',
        description: w.groupText,
        address: w.address,
        email: 'circle@example.org',
        assuredDate: '2020-01-01',
      },
    },
    people: {
      [ids.person]: { uid: ids.person, slug: 'ada', name: w.author, fictional: true },
      [ids.reviewer]: { uid: ids.reviewer, slug: 'rita', name: w.reviewer, credentials: 'MD', fictional: true },
    },
    topics: { [ids.topic]: { uid: ids.topic, slug: 'rest', kind: 'condition', name: w.topic, acuteRisk: false } },
    audiences: { [ids.audience]: { uid: ids.audience, slug: 'patients', kind: 'patient', name: w.audience } },
    glossary: { [ids.term]: { uid: ids.term, slug: 'fatigue', term: w.term, definition: w.definition } },
    snippets: {
      [ids.snippet]: {
        uid: ids.snippet,
        slug: 'alone',
        name: 'Never alone',
        body: { type: 'root', children: [paragraph(w.snippet)] },
      },
    },
    'calls-to-action': {
      [ids.action]: {
        uid: ids.action,
        slug: 'plan',
        heading: w.action,
        text: w.actionText,
        label: w.actionLabel,
        url: 'https://www.example.org/plan',
      },
      [ids.callHelpline]: {
        uid: ids.callHelpline,
        slug: 'call',
        heading: w.helpline,
        label: w.helpline,
        resource: ids.helpline,
      },
    },
    media: {
      [ids.picture]: { uid: ids.picture, slug: 'bag', alt: w.alt, credit: 'CC BY 4.0', renditions: [rendition] },
      [ids.ornament]: { uid: ids.ornament, slug: 'line', alt: '', decorative: true, renditions: [rendition] },
    },
  })

export const siteOf = (w: Words): Site => ({
  name: w.site,
  publisher: w.publisher,
  postalAddress: w.postalAddress,
  url: 'https://guide.example.org',
  licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  emergency: [{ region: w.region, text: w.emergency, number: '911' }],
  contact: 'editors@example.org',
  sample: false,
})

/** An article with every block; `change` alters it. */
export function articleIn(locale: Locale, change: Partial<Article> = {}): Article {
  const w = words[locale]
  return {
    kind: 'article',
    uid: ids.article,
    locale,
    slug: 'resting',
    title: w.title,
    summary: w.summary,
    mainMessage: w.mainMessage,
    audiences: [ids.audience],
    topics: [ids.topic],
    hero: null,
    body: everyBlock(w),
    authors: [ids.person],
    sources: [
      { id: 's1', title: w.source, publisher: w.publisher, url: 'https://www.example.org/s', checkedOn: '2026-02-03' },
    ],
    related: [],
    callToAction: null,
    licence: '',
    funding: '',
    conflicts: '',
    need: '',
    testedWith: '',
    review: { reviewer: ids.reviewer, lastReviewed: '2026-02-04', nextReview: '2028-02-04' },
    ...change,
  }
}

/** A published article as a source gives it. */
export function publishedArticle(locale: Locale, change: Partial<Article> = {}): Published {
  const document = articleIn(locale, change)
  return published({ kind: 'article', document, records: recordsOf(words[locale]), articles: [] })
}

/** A published issue that holds the article in full, in part and as a link, and items of every other kind. */
export function publishedIssue(locale: Locale, change: Partial<Issue> = {}): Published {
  const w = words[locale]
  const show = (how: 'full' | 'excerpt' | 'link') => ({ kind: 'article' as const, article: ids.article, show: how })
  const document: Issue = {
    kind: 'issue',
    uid: ids.issue,
    locale,
    slug: 'quiet-days',
    newsletter: { uid: ids.newsletter, slug: 'letter', name: w.site, sender: w.publisher, footer: w.footer },
    subject: w.subject,
    preheader: w.preheader,
    greeting: w.greeting,
    items: [
      show('full'),
      show('excerpt'),
      show('link'),
      { kind: 'resource', resource: ids.helpline },
      { kind: 'call-to-action', record: ids.action },
      { kind: 'text', body: { type: 'root', children: [paragraph(w.paragraph)] } },
    ],
    ...change,
  }
  const records = recordsOf(w)
  const articles = [{ article: articleIn(locale), records, stamp: stampOf(ids.article, locale, 2), number: 2 }]
  return published({ kind: 'issue', document, records, articles })
}

function published({
  document,
  ...rest
}: Pick<Edition, 'kind' | 'records' | 'articles'> & { document: Article | Issue }): Published {
  const { uid, locale, slug } = document
  const summary = {
    uid,
    locale,
    number: 2,
    stamp: stampOf(uid, locale, 2),
    act: 'publish' as const,
    major: true,
    changeNote: 'Clearer steps.',
    at: '2026-02-05T09:00:00.000Z',
    slug,
    title: document.kind === 'article' ? document.title : document.subject,
    contentHash: contentHash(document),
  }
  const live = { ...summary, ...rest, document, tombstone: null, waivers: [], sample: false }
  return { live: { ...live, ...readabilityKept(document, live.records) }, history: [summary] }
}

/** What surrounds a specimen; `typeset` refuses unless it is given. */
export function environmentFor(locale: Locale, change: Partial<Environment> = {}): Environment {
  return {
    site: siteOf(words[locale]),
    today: '2026-03-01',
    row: () => undefined,
    translations: () => [],
    assurance: () => undefined,
    asset: async (hash) => (hash === rendition.sha256 ? picture : undefined),
    typeset: async (_: TypesetJob) => {
      throw new Error('This test has no typesetter.')
    },
    ...change,
  }
}

/** The resolved tree and the context of a specimen. */
export const prepared = (published: Published, change: Partial<Environment> = {}) =>
  prepare(published, environmentFor(published.live.locale, change))
