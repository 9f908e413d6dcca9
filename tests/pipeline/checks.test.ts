import { readFileSync } from 'node:fs'
import { type Article, type blocks, type Document, Message, noRecords, type Records } from 'content-schemas'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { check, defaultPolicy } from 'pipeline/checks/index.ts'
import { articleRules, issueRules, sharedRules } from 'pipeline/checks/registry.ts'
import { countIn } from 'pipeline/checks/title-number.ts'
import { describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'
import { article, heading, issue, known, link, paragraph, records, root, site, today, uid } from './documents.ts'

type Change = (records: Records) => void
/** One way to break a rule, or to come close without breaking it. */
type Case = { name: string; document: Document; records?: Change; retired?: string }
type Cases = { fails: (Case & { at: string | string[] })[]; passes: Case[] }

const body = (...children: blocks.Flow[]) => article({ body: root(...children) })
const reviewed = (lastReviewed: string | null, nextReview: string | null) =>
  article({ review: { reviewer: known.reviewer, lastReviewed, nextReview } })
const steps = (...contents: blocks.Flow[][]): blocks.Steps => ({
  type: 'steps',
  id: 'steps',
  children: contents.map((children, index) => ({ type: 'step', id: `step${index}`, title: 'Do it', children })),
})
const faq = (...children: blocks.Flow[]): blocks.Faq => ({
  type: 'faq',
  id: 'faq',
  children: [{ type: 'question', id: 'q', title: 'Why?', children }],
})
const callout = (...children: blocks.Flow[]): blocks.Callout => ({
  type: 'callout',
  id: 'c',
  variant: 'note',
  children,
})
const list = (ordered: boolean, ...items: string[]): blocks.List => ({
  type: 'list',
  ordered,
  children: items.map((item) => ({ type: 'listItem', children: [paragraph(item)] })),
})
const snippet: blocks.Snippet = { type: 'snippet', id: 'shared', record: known.snippet }
const figure: blocks.Figure = { type: 'figure', id: 'fig', media: known.picture }
const linked = (url: string, words: string) => body(paragraph('See ', link(url, words), '.'))
const inSnippet =
  (...children: blocks.Flow[]): Change =>
  (some) => {
    some.snippets[known.snippet]!.body = root(...children)
  }
const acute: Change = (some) => {
  some.topics[known.topic]!.acuteRisk = true
}
const mustSay: Change = (some) => {
  some.topics[known.topic]!.mustMention = [{ say: 'that tolerance is lost', words: ['tolerance', 'old dose can kill'] }]
}
const hardSentence =
  'Comprehensive interdisciplinary assessment necessitates considerable organizational preparation. '.repeat(3)
const inArabic = { locale: 'ar', title: 'النوم', summary: 'عن النوم.', mainMessage: 'نم جيدا.' } as const
const first = '/body/children/0'

const cases: Record<string, Cases> = {
  'summary-missing': {
    fails: [{ name: 'none', document: article({ summary: ' ' }), at: '/summary' }],
    passes: [{ name: 'there', document: article() }],
  },
  'main-message-missing': {
    fails: [{ name: 'none', document: article({ mainMessage: '' }), at: '/mainMessage' }],
    passes: [{ name: 'there', document: article() }],
  },
  'audience-missing': {
    fails: [{ name: 'none', document: article({ audiences: [] }), at: '/audiences' }],
    passes: [{ name: 'there', document: article() }],
  },
  placeholder: {
    fails: [
      { name: 'in a field', document: article({ title: 'All about [[the condition]]' }), at: '/title' },
      { name: 'in the text', document: body(paragraph('Call [[a number]].')), at: `${first}/children/0` },
    ],
    passes: [
      { name: 'single brackets', document: body(paragraph('Take it [as told].')) },
      { name: 'brackets that do not end', document: body(paragraph('Two [[ here.')) },
    ],
  },
  'hidden-character': {
    fails: [
      { name: 'in a field', document: article({ title: 'Take \u202e12\u202c mg' }), at: '/title' },
      { name: 'in the text', document: body(paragraph('Am\u00adphetamine.')), at: `${first}/children/0/value` },
      {
        name: 'in a record that is shown',
        document: body({ type: 'resources', id: 'r', resources: [known.helpline] }),
        records: ({ resources }) => {
          resources[known.helpline]!.name = 'Night\u200b Line'
        },
        at: '',
      },
    ],
    passes: [
      { name: 'a joiner between Arabic letters', document: body(paragraph('می\u200cخواهم')) },
      { name: 'an emoji of several', document: body(paragraph('👩\u200d👧 ❤\ufe0f')) },
    ],
  },
  'topic-missing': {
    fails: [{ name: 'none', document: article({ topics: [] }), at: '/topics' }],
    passes: [{ name: 'there', document: article() }],
  },
  'sources-missing': {
    fails: [{ name: 'none', document: article({ sources: [] }), at: '/sources' }],
    passes: [{ name: 'there', document: article() }],
  },
  'source-retired': {
    fails: [
      { name: 'by its address', document: article(), retired: 'https://example.org/sleep', at: '/sources/0/url' },
      {
        name: 'written another way',
        document: article(),
        retired: 'http://www.example.org/sleep/#part',
        at: '/sources/0/url',
      },
    ],
    passes: [{ name: 'another page of its site', document: article(), retired: 'https://example.org/sleep-2' }],
  },
  'urgent-help-missing': {
    fails: [
      { name: 'acute topic', document: article(), records: acute, at: '/body' },
      { name: 'no topic counts as acute', document: article({ topics: [] }), at: '/body' },
      { name: 'a topic nobody knows counts as acute', document: article({ topics: [uid(99)] }), at: '/body' },
    ],
    passes: [
      { name: 'topic without risk', document: article() },
      { name: 'in a snippet', document: body(snippet), records: acute },
    ],
  },
  'unknown-source': {
    fails: [
      {
        name: 'none of that id',
        document: body(paragraph('So.', { type: 'citation', source: 's9' })),
        at: `${first}/children/1`,
      },
    ],
    passes: [{ name: 'known', document: body(paragraph('So.', { type: 'citation', source: 's1' })) }],
  },
  'byline-missing': {
    fails: [{ name: 'nobody', document: article({ authors: [] }), at: '/authors' }],
    passes: [{ name: 'a person', document: article() }],
  },
  'byline-login': {
    fails: ['newadmin', 'editor2', 'Jo_Smith', 'jo@example.org'].map((name) => ({
      name,
      document: article(),
      records: (some: Records) => {
        some.people[known.author]!.name = name
      },
      at: '/authors/0',
    })),
    passes: ['Ana Ruiz', 'Suharto', 'ليلى', 'bell hooks'].map((name) => ({
      name,
      document: article(),
      records: (some: Records) => {
        some.people[known.author]!.name = name
      },
    })),
  },
  'reviewer-missing': {
    fails: [
      {
        name: 'nobody',
        document: article({ review: { reviewer: null, lastReviewed: null, nextReview: null } }),
        at: '/review/reviewer',
      },
    ],
    passes: [{ name: 'a person', document: article() }],
  },
  'reviewer-is-author': {
    fails: [{ name: 'same', document: article({ authors: [known.author, known.reviewer] }), at: '/review/reviewer' }],
    passes: [{ name: 'another', document: article() }],
  },
  'review-dates': {
    fails: [
      { name: 'never reviewed', document: reviewed(null, '2027-01-01'), at: '/review/lastReviewed' },
      { name: 'reviewed tomorrow', document: reviewed('2026-05-02', '2027-01-01'), at: '/review/lastReviewed' },
      { name: 'no next', document: reviewed('2026-02-01', null), at: '/review/nextReview' },
      { name: 'due today', document: reviewed('2026-02-01', today), at: '/review/nextReview' },
      { name: 'in more than 3 years', document: reviewed('2026-02-01', '2029-02-02'), at: '/review/nextReview' },
    ],
    passes: [
      { name: 'tomorrow', document: reviewed(today, '2026-05-02') },
      { name: 'in 3 years to the day', document: reviewed('2026-02-01', '2029-02-01') },
      {
        name: 'nobody reviewed it yet',
        document: article({ review: { reviewer: null, lastReviewed: null, nextReview: null } }),
      },
    ],
  },
  'language-mixed': {
    fails: [
      {
        name: 'an English passage in Spanish',
        document: article({ locale: 'es', body: root(paragraph('Call the helpline and tell them what you need.')) }),
        at: first,
      },
      {
        name: 'a Spanish passage in English',
        document: article({ body: root(paragraph('Llame a la línea de ayuda y diga lo que necesita para dormir.')) }),
        at: first,
      },
      {
        name: 'an English title in Spanish',
        document: article({ locale: 'es', title: 'What to expect', body: root(paragraph('Duerma.')) }),
        at: '/title',
      },
      {
        name: 'an English passage in Arabic',
        document: article({ ...inArabic, body: root(paragraph('Drink some water slowly.')) }),
        at: first,
      },
      {
        name: 'an Arabic passage in English',
        document: article({ body: root(paragraph('اشرب الماء ببطء اليوم')) }),
        at: first,
      },
    ],
    passes: [
      {
        name: 'a name in English',
        document: article({
          locale: 'es',
          title: 'La guía del NHS',
          body: root(paragraph('Llame a Narcotics Anonymous o a la línea 988 Suicide and Crisis Lifeline.')),
        }),
      },
      {
        name: 'a name in Spanish',
        document: article({
          body: root(paragraph('Call the Línea de Prevención del Suicidio y Crisis, day or night.')),
        }),
      },
      {
        name: 'a name in Arabic',
        document: article({
          ...inArabic,
          body: root(paragraph('اتصل بخط Crisis Text Line في أي وقت من اليوم')),
        }),
      },
      { name: 'a word', document: article({ locale: 'es', title: 'Naloxone', body: root(paragraph('Methadone.')) }) },
    ],
  },
  'title-number': {
    fails: [
      { name: 'steps', document: article({ title: '3 steps', body: root(steps([], [])) }), at: '/title' },
      {
        name: 'numbered headings',
        document: article({ title: 'Three things to do', body: root(heading(2, '1. One'), heading(2, '2. Two')) }),
        at: '/title',
      },
      { name: 'nothing is numbered', document: article({ title: 'Five ways to sleep' }), at: '/title' },
      {
        name: 'Arabic',
        document: article({ locale: 'ar', title: 'ثلاث خطوات', body: root(steps([], [])) }),
        at: '/title',
      },
    ],
    passes: [
      { name: 'steps', document: article({ title: 'Two steps', body: root(steps([], [])) }) },
      {
        name: 'numbered headings',
        document: article({
          title: 'The 2 Things You Must Do',
          body: root(heading(2, '1. One'), heading(2, '2. Two')),
        }),
      },
      { name: 'a numbered list', document: article({ title: '2 tips', body: root(list(true, 'a', 'b')) }) },
      { name: 'no number', document: article() },
    ],
  },
  'missing-record': {
    fails: [
      { name: 'author', document: article({ authors: [uid(99)] }), at: '/authors/0' },
      { name: 'in the body', document: body({ ...figure, media: uid(99) }), at: `${first}/media` },
      {
        name: 'in a snippet',
        document: body(snippet),
        records: inSnippet({ ...figure, media: uid(99) }),
        at: `${first}/record`,
      },
      {
        name: 'of a call to action',
        document: article({ callToAction: known.callToAction }),
        records: (some) => {
          some['calls-to-action'][known.callToAction]!.resource = uid(99)
        },
        at: '/callToAction',
      },
      {
        name: 'in an issue',
        document: issue({ items: [{ kind: 'resource', resource: uid(99) }] }),
        at: '/items/0/resource',
      },
    ],
    passes: [
      { name: 'all there', document: body(snippet, figure) },
      { name: 'articles are looked up elsewhere', document: article({ related: [uid(99)] }) },
    ],
  },
  'resource-closed': {
    fails: [
      {
        name: 'in the body',
        document: body({ type: 'resources', id: 'r', resources: [known.helpline, known.closed] }),
        at: `${first}/resources/1`,
      },
      {
        name: 'through a call to action in a snippet',
        document: body(snippet),
        records: (some) => {
          inSnippet({ type: 'call-to-action', id: 'c', record: known.callToAction })(some)
          some['calls-to-action'][known.callToAction]!.resource = known.closed
        },
        at: `${first}/record`,
      },
      {
        name: 'in an issue',
        document: issue({ items: [{ kind: 'resource', resource: known.closed }] }),
        at: '/items/0/resource',
      },
      {
        name: 'said to be replaced by itself',
        document: body({ type: 'resources', id: 'r', resources: [known.closed] }),
        records: (some) => {
          some.resources[known.closed]!.replacedBy = known.closed
        },
        at: `${first}/resources/0`,
      },
    ],
    passes: [
      { name: 'open', document: body({ type: 'resources', id: 'r', resources: [known.helpline] }) },
      {
        name: 'replaced by an open one',
        document: body({ type: 'resources', id: 'r', resources: [known.closed] }),
        records: (some) => {
          some.resources[known.closed]!.replacedBy = known.helpline
        },
      },
      {
        name: 'open, but not confirmed in time',
        document: body({ type: 'resources', id: 'r', resources: [known.helpline] }),
        records: (some) => {
          some.resources[known.helpline]!.assuredDate = '2020-01-01'
        },
      },
    ],
  },
  'block-nesting': {
    fails: [
      {
        name: 'questions in a step',
        document: body(steps([faq(paragraph('x'))])),
        at: `${first}/children/0/children/0`,
      },
      {
        name: 'steps in a step, through a snippet',
        document: body(steps([snippet])),
        records: inSnippet(steps([paragraph('x')])),
        at: `${first}/children/0/children/0`,
      },
      { name: 'a snippet in a snippet', document: body(snippet), records: inSnippet(snippet), at: first },
      { name: 'a picture in a callout', document: body(callout(figure)), at: `${first}/children/0` },
      {
        name: 'a block in a list',
        document: body({ type: 'list', ordered: false, children: [{ type: 'listItem', children: [figure] }] }),
        at: `${first}/children/0/children/0`,
      },
      {
        name: 'a heading in the text of an issue’s callout',
        document: issue({ items: [{ kind: 'text', body: root(callout(heading(2, 'x'))) }] }),
        at: '/items/0/body/children/0/children/0',
      },
    ],
    passes: [
      { name: 'blocks in steps and answers', document: body(steps([callout(paragraph('x')), figure]), faq(snippet)) },
      { name: 'a list in a callout', document: body(callout(paragraph('x'), list(false, 'y'))) },
    ],
  },
  'empty-block': {
    fails: [
      ...(
        [
          paragraph(),
          paragraph(' '),
          { type: 'heading', depth: 2, children: [] },
          list(false),
          { type: 'blockquote', children: [] },
          { type: 'table', children: [{ type: 'tableRow', children: [{ type: 'tableCell', children: [] }] }] },
          callout(),
          callout(paragraph('')),
          steps(),
          { type: 'care-options', id: 'x', children: [] },
          { type: 'checklist', id: 'x', items: [] },
          { type: 'do-dont', id: 'x', dos: [], donts: [{ id: 'i', text: ' ' }] },
          { type: 'faq', id: 'x', children: [] },
          { type: 'resources', id: 'x', resources: [] },
          { type: 'urgent-help', id: 'x', title: 'Now', resources: [], children: [] },
        ] satisfies blocks.Flow[]
      ).map((node) => ({ name: node.type, document: unchecked(node), at: first })),
      { name: 'snippet', document: body(snippet), records: inSnippet(paragraph(' ')), at: first },
      { name: 'figure', document: unchecked({ ...figure, media: '' }), at: first },
      { name: 'call-to-action', document: unchecked({ type: 'call-to-action', id: 'x', record: '' }), at: first },
      { name: 'answer', document: body(faq()), at: `${first}/children/0` },
      {
        name: 'list item',
        document: body({ type: 'list', ordered: false, children: [{ type: 'listItem', children: [] }] }),
        at: `${first}/children/0`,
      },
    ],
    passes: [
      { name: 'a step that is its title', document: body(steps([])) },
      { name: 'urgent help that is a number', document: body({ ...urgentHelp(), children: [] }) },
      { name: 'urgent help that is words', document: body({ ...urgentHelp(), resources: [] }) },
      { name: 'a line', document: body(paragraph('x'), { type: 'thematicBreak' }, figure) },
    ],
  },
  'duplicate-id': {
    fails: [
      { name: 'blocks', document: body(figure, { ...figure }), at: '/body/children/1' },
      {
        name: 'items',
        document: body({ type: 'do-dont', id: 'x', dos: [{ id: 'i', text: 'a' }], donts: [{ id: 'i', text: 'b' }] }),
        at: `${first}/donts/0`,
      },
      {
        name: 'an item and its block',
        document: body({ type: 'checklist', id: 'x', items: [{ id: 'x', text: 'a' }] }),
        at: `${first}/items/0`,
      },
      {
        name: 'sources',
        document: article({ sources: [article().sources[0]!, article().sources[0]!] }),
        at: '/sources/1',
      },
    ],
    passes: [
      { name: 'each once', document: body(figure, faq(paragraph('x')), steps([], [])) },
      { name: 'a source named like a block', document: body({ ...figure, id: 's1' }) },
    ],
  },
  'heading-order': {
    fails: [
      { name: 'the first is no 2', document: body(heading(3, 'x'), paragraph('x')), at: first },
      { name: 'a gap', document: body(heading(2, 'x'), heading(4, 'y'), paragraph('x')), at: '/body/children/1' },
      {
        name: 'a gap inside a step',
        document: body(steps([heading(2, 'x'), heading(4, 'y'), paragraph('x')])),
        at: `${first}/children/0/children/1`,
      },
    ],
    passes: [
      {
        name: 'down by one, up by any',
        document: body(heading(2, 'a'), heading(3, 'b'), heading(4, 'c'), heading(2, 'd')),
      },
      { name: 'steps start where they like', document: body(steps([heading(3, 'x')], [heading(4, 'y')])) },
    ],
  },
  'section-empty': {
    fails: [
      { name: 'before the next', document: body(heading(2, 'a'), heading(2, 'b'), paragraph('x')), at: first },
      { name: 'at the end', document: body(paragraph('x'), heading(2, 'a')), at: '/body/children/1' },
    ],
    passes: [{ name: 'sections of its own', document: body(heading(2, 'a'), heading(3, 'b'), paragraph('x')) }],
  },
  'alternative-text': {
    fails: [
      { name: 'figure', document: body(figure), records: withoutAlt(false), at: `${first}/media` },
      { name: 'hero', document: article({ hero: known.picture }), records: withoutAlt(false), at: '/hero' },
    ],
    passes: [
      { name: 'there', document: body(figure) },
      { name: 'decorative', document: body(figure), records: withoutAlt(true) },
    ],
  },
  'link-text': {
    fails: [
      '',
      'https://example.org/a',
      'www.example.org',
      'Click here!',
      'HERE',
      'aquí',
      'Más información',
      'اضغط هنا',
      'المزيد',
    ].map((words) => ({
      name: words || 'none',
      document: linked('https://example.org', words),
      at: `${first}/children/1`,
    })),
    passes: [
      'How naloxone works',
      'example.org',
      'Read more about naloxone',
      'here to help',
      'المزيد عن النالوكسون',
    ].map((words) => ({ name: words, document: linked('https://example.org', words) })),
  },
  'link-protocol': {
    fails: [
      'javascript:alert(1)',
      '//example.org',
      'example.org',
      '/en',
      'ftp://example.org',
      'article:my-slug',
      'tel:call me',
    ].map((url) => ({ name: url, document: unchecked(paragraph(link(url, 'Go'))), at: `${first}/children/0` })),
    passes: [
      'https://example.org',
      'mailto:a@example.org',
      'tel:+1-800-555-0100',
      'sms:741741',
      `article:${uid(5)}`,
    ].map((url) => ({ name: url, document: linked(url, 'A place') })),
  },
  'link-insecure': {
    fails: [{ name: 'http', document: linked('http://example.org', 'A place'), at: `${first}/children/1` }],
    passes: [{ name: 'https', document: linked('https://example.org', 'A place') }],
  },
  'must-mention': {
    fails: [
      { name: 'none of the words', document: article(), records: mustSay, at: '/body' },
      { name: 'inside another word', document: body(paragraph('Intolerance.')), records: mustSay, at: '/body' },
    ],
    passes: [
      { name: 'said', document: body(paragraph('Your Tolerance drops.')), records: mustSay },
      { name: 'one of the words', document: body(paragraph('The old dose can kill.')), records: mustSay },
      { name: 'the beginning of a word', document: article({ summary: 'On tolerances.' }), records: mustSay },
      {
        name: 'in a snippet',
        document: body(snippet),
        records: (some) => {
          mustSay(some)
          inSnippet(paragraph('Tolerance is lost.'))(some)
        },
      },
      {
        name: 'Arabic, with an article and vowel signs',
        document: body(paragraph('ينخفض التحمّل.')),
        records: (some) => {
          some.topics[known.topic]!.mustMention = [{ say: 'x', words: ['تحمل'] }]
        },
      },
      { name: 'asked by a topic that is not its own', document: article({ topics: [] }), records: mustSay },
    ],
  },
  'danger-words': {
    fails: [
      { name: 'English', document: body(paragraph('An overdose kills.')), at: '/topics' },
      { name: 'in the summary', document: article({ summary: 'On self-harm.' }), at: '/topics' },
      { name: 'Spanish', document: article({ locale: 'es', summary: 'Una sobredosis.' }), at: '/topics' },
      { name: 'Arabic', document: article({ locale: 'ar', summary: 'أعراض الانسحاب صعبة.' }), at: '/topics' },
    ],
    passes: [
      { name: 'no danger', document: article() },
      { name: 'an acute topic', document: body(paragraph('An overdose kills.')), records: acute },
      {
        name: 'urgent help alone speaks of it',
        document: body({ ...urgentHelp(), children: [paragraph('After an overdose.')] }),
      },
    ],
  },
  'reading-level': {
    fails: [{ name: 'long words', document: body(paragraph(hardSentence.repeat(3))), at: '/body' }],
    passes: [{ name: 'a few words', document: body(paragraph(hardSentence)) }],
  },
  wording: {
    fails: [{ name: 'a label', document: body(paragraph('For addicts.')), at: `${first}/children/0` }],
    passes: [{ name: 'a name', document: body(paragraph('We met at Addicts Anonymous.')) }],
  },
  overclaim: {
    fails: [{ name: 'a promise', document: body(paragraph('It never fails.')), at: `${first}/children/0` }],
    passes: [{ name: 'a chance', document: body(paragraph('It often works.')) }],
  },
  pressure: {
    fails: [{ name: 'a push', document: body(paragraph('What are you waiting for?')), at: `${first}/children/0` }],
    passes: [{ name: 'an offer', document: body(paragraph('You can call us.')) }],
  },
  'subject-missing': {
    fails: [{ name: 'none', document: issue({ subject: ' ' }), at: '/subject' }],
    passes: [{ name: 'there', document: issue() }],
  },
  'issue-empty': {
    fails: [{ name: 'no items', document: issue({ items: [] }), at: '/items' }],
    passes: [{ name: 'one', document: issue() }],
  },
}

/** An article around one node that the schema would refuse. */
function unchecked(node: blocks.Flow): Article {
  return { ...article(), body: root(node) }
}
function urgentHelp(): blocks.UrgentHelp {
  return { type: 'urgent-help', id: 'u', title: 'Now', resources: [known.helpline], children: [paragraph('Call 911.')] }
}
function withoutAlt(decorative: boolean): Change {
  return (some) => Object.assign(some.media[known.picture]!, { alt: '', decorative })
}
function messagesFor({ document, records: change, retired: url }: Case): Message[] {
  const some = records()
  change?.(some)
  const policy = url ? { ...defaultPolicy, retired: [{ url, because: 'It was replaced.' }] } : defaultPolicy
  return check(document, { records: some, site, policy, today })
}

describe.each(Object.entries(cases))('%s', (rule, { fails, passes }) => {
  const placesOf = (given: Case) =>
    messagesFor(given).flatMap((message) => (message.rule === rule ? [message.place.pointer] : []))
  test.each(fails)('finds: $name', (given) => {
    expect(placesOf(given)).toEqual([given.at].flat())
  })
  test.each(passes)('lets pass: $name', (given) => {
    expect(placesOf(given)).toEqual([])
  })
})

const allRules = [...sharedRules, ...articleRules, ...issueRules]

test('every rule has its cases', () => {
  expect(Object.keys(cases).sort()).toEqual(allRules.map(({ id }) => id).sort())
})

test('messages have the shape of the contract, with a reason and a fix', () => {
  const found = Object.values(cases).flatMap(({ fails }) => fails.flatMap(messagesFor))
  for (const message of found) expect(Message.parse(message).fix).toBeTruthy()
})

test('only another language, a number in a title, reading level and wording may be waived', () => {
  const waivable = allRules.filter((rule) => rule.waivable).map(({ id }) => id)
  expect(waivable.sort()).toEqual(['language-mixed', 'reading-level', 'title-number', 'wording'])
})

test('a document in order gives no message', () => {
  expect(messagesFor({ name: '', document: article() })).toEqual([])
  expect(messagesFor({ name: '', document: issue() })).toEqual([])
})

test.skipIf(lacks('seed'))('an article of a third party that has none of it is refused, with what is to do', () => {
  const parsed = fromMarkdown(readFileSync(seedArticle, 'utf8'))
  const { document } = articleFrom(parsed, { path: 'heroin-withdrawal-article.md' })
  const found = check(document, {
    records: noRecords(),
    site,
    policy: defaultPolicy,
    today,
    positions: parsed.positions,
  })
  const refused = found.flatMap(({ rule, severity }) => (severity === 'block' ? [rule] : []))
  expect([...new Set(refused)]).toEqual([
    'summary-missing',
    'topic-missing',
    'urgent-help-missing',
    'sources-missing',
    'byline-missing',
    'reviewer-missing',
    'reading-level',
    'wording',
  ])
})

test('places carry the line of the node, or of the nearest one around it', () => {
  const positions = {
    '/summary': { line: 4, column: 1 },
    '/body/children/0': { line: 12, column: 3 },
  }
  const placesIn = (document: Article) =>
    check(document, { records: records(), site, policy: defaultPolicy, today, positions }).map(({ place }) => [
      place.line,
      place.column,
    ])
  expect(placesIn(article({ summary: '' }))).toEqual([[4, 1]])
  expect(placesIn(linked('https://example.org', 'here'))).toEqual([[12, 3]])
  expect(placesIn(article({ sources: [] }))).toEqual([[1, 1]])
  expect(check(article({ summary: '' }), { records: records(), site, policy: defaultPolicy, today })[0]?.place).toEqual(
    {
      pointer: '/summary',
    },
  )
})

describe('numbers in titles', () => {
  test.each([
    ['en', 'The 3 Things You Must Do When Dealing with Withdrawal', 3],
    ['en', 'Getting through withdrawal safely: 3 steps', 3],
    ['en', 'Seven simple, proven ways to sleep', 7],
    ['en', 'What to do in the first 24 hours', undefined],
    ['en', 'Call or text 988', undefined],
    ['en', 'Living with type 2 diabetes', undefined],
    ['en', 'Recovery, one step at a time', undefined],
    ['en', 'What 12-step groups do', undefined],
    ['es', 'Tres pasos para dejar de fumar', 3],
    ['es', 'Los 5 primeros pasos', 5],
    ['es', 'Diabetes tipo 2', undefined],
    ['ar', '٣ خطوات لنوم أفضل', 3],
    ['ar', 'أربعة أشياء تفعلها أولًا', 4],
    ['ar', 'الخطوات الثلاث الأولى', 3],
    ['ar', 'خطوتان للبدء', 2],
    ['ar', 'أول ٢٤ ساعة', undefined],
  ] as const)('%s: %s', (locale, title, count) => {
    expect(countIn(title, locale)).toBe(count)
  })
})
