import { randomBytes } from 'node:crypto'
import type { CollectionConfig, Field, Where } from 'payload'
import { accessTo } from '../access/who.ts'
import { documentBlocks } from '../blocks/index.ts'
import { act, standing } from '../endpoints/actOnArticle.ts'
import { checksOf } from '../endpoints/checkDraft.ts'
import { sideBySide } from '../endpoints/compareTranslation.ts'
import { changes } from '../endpoints/compareVersions.ts'
import { differences, newestRevision } from '../endpoints/compareWithNewest.ts'
import { importFiles } from '../endpoints/importFiles.ts'
import { preview, previews } from '../endpoints/previewDraft.ts'
import { comments } from '../endpoints/readComments.ts'
import { replaceInArticles } from '../endpoints/replaceInArticles.ts'
import { startFromTemplate } from '../endpoints/startFromTemplate.ts'
import { startTranslation } from '../endpoints/startTranslation.ts'
import { strikesOf } from '../endpoints/strikesOf.ts'
import { takeBackIn, waiveIn } from '../endpoints/waiveFinding.ts'
import { documentEditor } from '../fields/editors.ts'
import { documentIdentity, languageOptions, nameByLanguage } from '../fields/identity.ts'
import { followTitle, slug } from '../fields/slug.ts'
import { titledGroup } from '../fields/titledGroup.ts'
import { normaliseBody } from '../hooks/normaliseBody.ts'
import { noteChangers } from '../hooks/noteChangers.ts'
import { noteEditor } from '../hooks/noteEditor.ts'
import { planReview } from '../hooks/planReview.ts'
import { reservePublishing, reserveWithdrawal } from '../hooks/reserveActs.ts'
import { forgetReview } from '../review/comments.ts'
import { articleStates } from '../review/state.ts'
import { keepReview, noteRestoring, noteWriter, refuseOutdated, revisionFields } from '../writing/revision.ts'

const article: Field[] = [
  {
    name: 'title',
    type: 'text',
    required: true,
    maxLength: 400,
    admin: {
      placeholder: 'Getting through opioid withdrawal: three steps',
      description: 'What a reader would search for.',
    },
  },
  {
    name: 'summary',
    type: 'textarea',
    maxLength: 600,
    admin: { rows: 3, description: 'One to three plain sentences. Lists, feeds and e-mails show them.' },
  },
  {
    name: 'mainMessage',
    type: 'textarea',
    label: 'Main message',
    maxLength: 600,
    admin: {
      rows: 2,
      description: 'The one thing to remember, in one plain sentence. It stands at the top of every page and handout.',
    },
  },
  {
    name: 'hero',
    type: 'upload',
    relationTo: 'media',
    label: 'Picture',
    admin: { description: 'Stands at the head of the page.' },
  },
  {
    name: 'body',
    type: 'richText',
    label: 'Text',
    editor: documentEditor(documentBlocks),
    admin: { description: 'Type / for steps, checklists, urgent help and the other blocks.' },
  },
  {
    name: 'callToAction',
    type: 'relationship',
    relationTo: 'calls-to-action',
    label: 'Call to action',
    admin: { description: 'Stands at the end of the article.' },
  },
  {
    name: 'related',
    type: 'relationship',
    relationTo: 'articles',
    hasMany: true,
    label: 'What to read next',
    filterOptions: ({ data, id }): Where => ({
      and: [{ locale: { equals: data?.locale } }, { id: { not_equals: id ?? '' } }],
    }),
    admin: { description: 'Articles in the same language. Those not published are not shown.' },
  },
]

const evidence: Field[] = [
  {
    name: 'sources',
    type: 'array',
    labels: { singular: 'Source', plural: 'Sources' },
    admin: {
      description: 'What the article rests on. A “source mark” in the text ties a claim to one of them.',
      components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
    },
    fields: [
      // The identity that citations name. Payload's own row ids are unique across all articles and change on duplication.
      {
        name: 'key',
        type: 'text',
        required: true,
        maxLength: 64,
        defaultValue: () => `s${randomBytes(4).toString('hex')}`,
        admin: { hidden: true },
      },
      {
        name: 'title',
        type: 'text',
        required: true,
        maxLength: 400,
        admin: { description: 'As the page or paper calls itself.' },
      },
      {
        type: 'row',
        fields: [
          {
            name: 'publisher',
            type: 'text',
            maxLength: 400,
            admin: { width: '50%', description: 'Who stands behind it: an agency, a journal.' },
          },
          {
            name: 'checkedOn',
            type: 'date',
            label: 'Last read there on',
            required: true,
            defaultValue: () => new Date().toISOString(),
            admin: {
              width: '50%',
              date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
              description: 'The day somebody last saw that it says so.',
            },
          },
        ],
      },
      {
        name: 'url',
        type: 'text',
        label: 'Web address',
        required: true,
        maxLength: 2000,
        admin: { placeholder: 'https://', description: 'The page itself, not the site it stands on.' },
      },
    ],
  },
  titledGroup('Clinical review', {
    name: 'review',
    type: 'group',
    // Submitting, approving and returning write it; see `review/acts.ts`.
    access: { create: () => false, update: () => false },
    admin: { description: 'Filled in by the review itself: submit the article at the side.' },
    fields: [
      {
        name: 'reviewer',
        type: 'relationship',
        relationTo: 'people',
        admin: { description: 'Who signed it off, as readers are told.' },
      },
      {
        type: 'row',
        fields: [
          {
            name: 'lastReviewed',
            type: 'date',
            label: 'Reviewed on',
            admin: {
              width: '50%',
              date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
              description: 'The day of the sign-off.',
            },
          },
          {
            name: 'nextReview',
            type: 'date',
            label: 'Next review due',
            admin: {
              width: '50%',
              date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
              description: 'After this day readers are told that it is overdue.',
            },
          },
        ],
      },
      { name: 'submittedAt', type: 'text', admin: { hidden: true } },
      { name: 'submittedBy', type: 'text', admin: { hidden: true } },
      { name: 'note', type: 'textarea', admin: { hidden: true } },
    ],
  }),
]

/** What the PIF TICK asks for that no other field says: https://pifonline.org.uk/pif-tick/about/ */
const tick: Field[] = [
  {
    name: 'need',
    type: 'textarea',
    label: 'Why this article is needed',
    maxLength: 2000,
    admin: { rows: 3, description: 'How you know that people need it.' },
  },
  {
    name: 'testedWith',
    type: 'textarea',
    label: 'Whom it was tested with',
    maxLength: 2000,
    admin: { rows: 3, description: 'Which readers saw a draft, and what they said.' },
  },
  {
    name: 'findings',
    type: 'textarea',
    label: 'What testing showed',
    maxLength: 2000,
    admin: { rows: 3, description: 'What readers found hard or missing, and what was changed for it.' },
  },
  {
    name: 'inequalities',
    type: 'textarea',
    label: 'Who might be left out',
    maxLength: 2000,
    admin: {
      rows: 3,
      description: 'Whose needs of literacy, language and access were looked at, and how they are met.',
    },
  },
  {
    name: 'reach',
    type: 'textarea',
    label: 'How it reaches people',
    maxLength: 2000,
    admin: { rows: 2, description: 'Who tells those who need it that it is there.' },
  },
  {
    name: 'impact',
    type: 'textarea',
    label: 'How you will know that it helps',
    maxLength: 2000,
    admin: { rows: 2, description: 'What is counted or asked, by whom and when.' },
  },
]

const people: Field[] = [
  {
    name: 'authors',
    type: 'relationship',
    relationTo: 'people',
    hasMany: true,
    admin: { description: 'The byline, in this order: people, never a login.' },
  },
  {
    name: 'funding',
    type: 'textarea',
    maxLength: 600,
    admin: { rows: 2, description: 'Who paid for it, if anyone did.' },
  },
  {
    name: 'conflicts',
    type: 'textarea',
    label: 'Conflicts of interest',
    maxLength: 600,
    admin: { rows: 2, description: 'Of authors and reviewer, if there are any.' },
  },
  {
    name: 'licence',
    type: 'text',
    maxLength: 400,
    admin: { description: 'Only where it differs from the licence of the site.' },
  },
]

const sidebar: Field[] = [
  {
    name: 'state',
    type: 'select',
    index: true,
    options: Object.entries(articleStates).map(([value, label]) => ({ value, label })),
    // Derived whenever the article is saved; see `review/state.ts`.
    access: { create: () => false, update: () => false },
    admin: { position: 'sidebar', components: { Field: '/admin/review/ReviewState.tsx#ReviewState' } },
  },
  {
    // The sign-in that looks after it: who made it, later who submitted it last. It is reminded of what falls due.
    name: 'editor',
    type: 'text',
    index: true,
    access: { create: () => false, update: () => false },
    admin: { hidden: true },
  },
  {
    name: 'strikes',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/admin/review/Strikes.tsx#Strikes' } },
  },
  {
    name: 'remaining',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/admin/checks/BeforePublishing.tsx#BeforePublishing' } },
  },
  {
    name: 'openComments',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/admin/comments/OpenComments.tsx#OpenComments' } },
  },
  ...documentIdentity,
  slug({
    label: 'Web address',
    index: true,
    description: 'End of its web address. Follows the title until you write your own or publish.',
  }),
  {
    name: 'audiences',
    type: 'relationship',
    relationTo: 'audiences',
    hasMany: true,
    label: 'For whom',
    admin: { position: 'sidebar', description: 'Sets how plainly it has to read.' },
  },
  {
    name: 'topics',
    type: 'relationship',
    relationTo: 'topics',
    hasMany: true,
    admin: { position: 'sidebar', description: 'An article without a topic counts as one of acute risk.' },
  },
  {
    name: 'translatedFrom',
    type: 'select',
    label: 'Translated from',
    options: languageOptions,
    admin: {
      position: 'sidebar',
      description: 'The language of its source. Leave it empty for an original. Translations are checked against it.',
    },
  },
  // Kept by `noteChangers`.
  { name: 'changedBy', type: 'json', access: { create: () => false, update: () => false }, admin: { hidden: true } },
  {
    name: 'languages',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/admin/translations/Languages.tsx#Languages' } },
  },
  {
    name: 'published',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/admin/review/PublishedLinks.tsx#PublishedLinks' } },
  },
  {
    name: 'importNotes',
    type: 'textarea',
    label: 'Notes of the import',
    admin: {
      position: 'sidebar',
      readOnly: true,
      condition: (data) => Boolean(data.importNotes),
      description: 'What the file held that has no place here.',
    },
  },
]

export const Articles: CollectionConfig = {
  slug: 'articles',
  labels: { singular: 'Article', plural: 'Articles' },
  access: accessTo('articles'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'title',
    defaultColumns: ['title', 'locale', 'state', 'topics', 'review.nextReview', 'updatedAt'],
    listSearchableFields: ['title', 'slug', 'summary'],
    description: 'Guides for patients and families, one in each language.',
    pagination: { defaultLimit: 25 },
    components: {
      beforeListTable: ['/admin/writing/NewArticle.tsx#NewArticle', '/admin/desk/FallingDue.tsx#FallingDue'],
      edit: { PublishButton: '/admin/review/PublishSaved.tsx#PublishSaved' },
      views: {
        edit: {
          preview: {
            Component: '/admin/previews/Preview.tsx#Preview',
            path: '/preview',
            tab: { label: 'Preview', href: '/preview', order: 200 },
          },
          comments: {
            Component: '/admin/comments/Comments.tsx#Comments',
            path: '/comments',
            tab: { label: 'Comments', href: '/comments', order: 220 },
          },
          review: {
            Component: '/admin/review/Review.tsx#Review',
            path: '/review',
            tab: { label: 'Review', href: '/review', order: 210 },
          },
          translation: {
            Component: '/admin/translations/Translation.tsx#Translation',
            path: '/translation',
            tab: { label: 'Translation', href: '/translation', order: 230 },
          },
        },
      },
    },
  },
  defaultSort: '-updatedAt',
  indexes: [{ fields: ['locale', 'slug'], unique: true }],
  versions: { maxPerDoc: 100, drafts: { autosave: { interval: 1500, showSaveDraftButton: true } } },
  endpoints: [
    ...[startFromTemplate, importFiles, replaceInArticles],
    ...[startTranslation, standing, act, checksOf('articles'), previews, preview],
    ...[waiveIn('articles'), takeBackIn('articles'), comments, strikesOf],
    ...[newestRevision, differences, changes, sideBySide],
  ],
  hooks: {
    beforeOperation: [noteRestoring],
    beforeValidate: [refuseOutdated, nameByLanguage, followTitle('title')],
    beforeChange: [reservePublishing, keepReview, noteEditor, planReview, normaliseBody, noteWriter, noteChangers],
    afterChange: [reserveWithdrawal],
    afterDelete: [forgetReview],
  },
  fields: [
    { name: 'others', type: 'ui', admin: { components: { Field: '/admin/writing/OthersHere.tsx#OthersHere' } } },
    { name: 'news', type: 'ui', admin: { components: { Field: '/admin/previews/FormNews.tsx#FormNews' } } },
    { name: 'templates', type: 'ui', admin: { components: { Field: '/admin/writing/Templates.tsx#Templates' } } },
    ...revisionFields,
    {
      type: 'tabs',
      tabs: [
        { label: 'Article', fields: article },
        { label: 'Evidence and review', fields: evidence },
        { label: 'People and rights', fields: people },
        {
          label: 'PIF TICK',
          description: 'Kept with each edition, and in its JSON. It stops no publication.',
          fields: tick,
        },
      ],
    },
    ...sidebar,
  ],
}
