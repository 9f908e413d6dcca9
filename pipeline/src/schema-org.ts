import type { Article, Audience, Person, Topic } from 'content-schemas'
import { idOf, paths } from './channels/addresses.ts'
import type { RenderContext } from './channels/channel.ts'
import { textOf } from './transformers/text-of.ts'
import type { ResolvedNode, ResolvedRoot } from './tree.ts'

type Thing = { '@type': string } & Record<string, unknown>

/**
 * An article as a schema.org `MedicalWebPage` (https://schema.org/MedicalWebPage), ready to embed. Steps are a `HowTo`,
 * questions a `FAQPage`, both part of the page; every other section of level 2 a `WebPageElement`.
 */
export function medicalWebPage(tree: ResolvedRoot, context: RenderContext, article: Article): Record<string, unknown> {
  const { edition, records, site } = context
  const page = site.url + paths.page(article.locale, article.slug)
  const people = (uids: readonly string[]) => uids.flatMap((uid) => records.people[uid] ?? []).map(personOf)
  const { reviewer, lastReviewed } = article.review
  return defined({
    '@context': 'https://schema.org',
    '@type': 'MedicalWebPage',
    '@id': idOf(site.url, article.uid, article.locale),
    url: page,
    name: article.title,
    headline: article.title,
    description: article.summary || undefined,
    abstract: article.mainMessage || undefined,
    inLanguage: article.locale,
    datePublished: context.history[context.history.length - 1]?.at ?? edition.at,
    dateModified: edition.at,
    version: edition.number,
    identifier: edition.stamp,
    lastReviewed: lastReviewed ?? undefined,
    reviewedBy: people(reviewer ? [reviewer] : [])[0],
    author: some(people(article.authors)),
    publisher: { '@type': 'Organization', name: site.publisher, url: site.url },
    isPartOf: { '@type': 'WebSite', name: site.name, url: site.url },
    audience: some(article.audiences.flatMap((uid) => records.audiences[uid] ?? []).map(audienceOf)),
    about: some(article.topics.flatMap((uid) => records.topics[uid] ?? []).map(topicOf)),
    image: article.hero ? imageOf(context, article.hero) : undefined,
    citation: some(
      article.sources.map(({ title, url, publisher }) =>
        defined({
          '@type': 'CreativeWork',
          name: title,
          url,
          publisher: publisher && { '@type': 'Organization', name: publisher },
        }),
      ),
    ),
    license: site.licence.url,
    isAccessibleForFree: true,
    workTranslation: some(
      context.translations().map((row) => ({
        '@type': 'MedicalWebPage',
        '@id': idOf(site.url, row.uid, row.locale),
        url: site.url + paths.page(row.locale, row.slug),
        inLanguage: row.locale,
      })),
    ),
    hasPart: some(tree.children.flatMap((node) => partOf(node, page))),
  })
}

function personOf(person: Person): Thing {
  const { name, credentials, biography, url } = person
  return defined({ '@type': 'Person', name, honorificSuffix: credentials, description: biography, url })
}

const audiences: Record<Audience['kind'], Thing> = {
  patient: { '@type': 'Patient', audienceType: 'Patient' },
  family: { '@type': 'MedicalAudience', audienceType: 'Caregiver' },
  professional: { '@type': 'MedicalAudience', audienceType: 'Clinician' },
}
const audienceOf = ({ kind, name }: Audience): Thing => ({ ...audiences[kind], name })

const topicTypes: Record<Topic['kind'], string> = {
  condition: 'MedicalCondition',
  treatment: 'MedicalTherapy',
  prevention: 'MedicalEntity',
  'living-with': 'MedicalEntity',
}
const codingSystems = { 'icd-10': 'ICD-10', 'snomed-ct': 'SNOMED CT', mesh: 'MeSH' } as const
const topicOf = ({ kind, name, description, codes }: Topic): Thing =>
  defined({
    '@type': topicTypes[kind],
    name,
    description,
    code: some(
      codes.map(({ system, code }) => ({
        '@type': 'MedicalCode',
        codeValue: code,
        codingSystem: codingSystems[system],
      })),
    ),
  })

function imageOf({ records, site }: RenderContext, uid: string): Thing | undefined {
  const media = records.media[uid]
  const largest = media?.renditions[0]
  if (!media || !largest) return undefined
  const { sha256, width, height } = largest
  return defined({
    '@type': 'ImageObject',
    url: site.url + paths.object(sha256),
    width: pixels(width),
    height: pixels(height),
    caption: media.alt || undefined,
    creditText: media.credit,
  })
}

/** schema.org knows no bare number for it; E37 is the pixel of UN/CEFACT. */
const pixels = (value: number): Thing => ({ '@type': 'QuantitativeValue', value, unitCode: 'E37' })

/** What a block is to schema.org; sections of the text are known by their headings. */
function partOf(node: ResolvedNode, page: string): Thing[] {
  switch (node.type) {
    case 'heading':
      return node.data.depth === 2 ? [{ '@type': 'WebPageElement', name: textOf(node), url: at(page, node) }] : []
    case 'steps':
      return [
        defined({
          '@type': 'HowTo',
          name: node.title ?? node.children[0]?.title,
          url: at(page, node.title ? node : node.children[0]),
          step: node.children.map((step) => stepOf(step, page)),
        }),
      ]
    case 'faq':
      return [
        {
          '@type': 'FAQPage',
          mainEntity: node.children.map((question) => ({
            '@type': 'Question',
            name: question.title,
            acceptedAnswer: { '@type': 'Answer', text: wordsOf(question.children) },
          })),
        },
      ]
    case 'care-options':
    case 'checklist':
    case 'do-dont':
    case 'resources':
    case 'urgent-help':
      return node.title ? [{ '@type': 'WebPageElement', name: node.title, url: at(page, node) }] : []
    default:
      return []
  }
}

type Step = Extract<ResolvedNode, { type: 'step' }>
type Heading = Extract<ResolvedNode, { type: 'heading' }>
/** A step with parts of its own is a section of steps. */
function stepOf(step: Step, page: string): Thing {
  const parts = step.children.filter((node): node is Heading => node.type === 'heading')
  const shared = { position: step.data.number, name: step.title, url: at(page, step) }
  if (parts.length === 0) return { '@type': 'HowToStep', ...shared, text: wordsOf(step.children) || step.title }
  return {
    '@type': 'HowToSection',
    ...shared,
    itemListElement: parts.map((part, index) => ({
      '@type': 'HowToStep',
      position: index + 1,
      name: textOf(part),
      url: at(page, part),
    })),
  }
}

const at = (page: string, node: { data: { id: string } } | undefined): string =>
  node ? `${page}#${node.data.id}` : page
/** The words of paragraphs and lists; what blocks say stands on the page. */
function wordsOf(nodes: readonly ResolvedNode[]): string {
  const texts: string[] = []
  for (const node of nodes) {
    if (node.type === 'paragraph') texts.push(textOf(node))
    else if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote' || node.type === 'callout')
      texts.push(wordsOf(node.children))
  }
  return texts.filter(Boolean).join(' ')
}

const some = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined)
/** Without the keys that have no value: JSON-LD knows no undefined. */
const defined = <T extends Record<string, unknown>>(thing: T): T =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as T
