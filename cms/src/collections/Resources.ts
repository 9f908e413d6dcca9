import type { CollectionConfig, Field } from 'payload'
import { accessTo } from '../access/who.ts'
import { auditVerification } from '../audit/hooks.ts'
import { exportFile, importFile } from '../endpoints/exchangeResources.ts'
import { verify } from '../endpoints/verifyResource.ts'
import { recordId } from '../fields/identity.ts'
import { openingHours } from '../fields/openingHours.ts'
import { places } from '../fields/places.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import {
  deriveTrust,
  planConfirmation,
  recordAssurance,
  takeBackConfirmation,
  tellTrust,
} from '../publishing/assurances.ts'
import { keepReachable } from '../publishing/replacing.ts'

const webAddress = (name: string, label: string, description: string): Field => ({
  name,
  type: 'text',
  label,
  maxLength: 2000,
  localized: true,
  validate: (value: unknown) =>
    !value || /^https?:\/\/\S+$/.test(String(value)) || 'Write a whole address that starts with https://.',
  admin: { placeholder: 'https://', description },
})

const reach: Field[] = [
  {
    name: 'phones',
    type: 'array',
    label: 'Telephone and text numbers',
    labels: { singular: 'Number', plural: 'Numbers' },
    admin: {
      description: 'The one to call first at the top.',
      components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
    },
    fields: [
      {
        type: 'row',
        fields: [
          {
            name: 'number',
            type: 'text',
            required: true,
            maxLength: 31,
            admin: { width: '40%', placeholder: '1-800-662-4357', description: 'As people dial it.' },
          },
          {
            name: 'extension',
            type: 'text',
            maxLength: 20,
            admin: { width: '20%', description: 'If one is asked for.' },
          },
          {
            name: 'type',
            type: 'select',
            label: 'What answers',
            required: true,
            defaultValue: 'voice',
            options: [
              { label: 'A voice', value: 'voice' },
              { label: 'Text messages', value: 'text' },
              { label: 'A textphone (TTY)', value: 'textphone' },
              { label: 'A fax', value: 'fax' },
            ],
            admin: { width: '40%', description: 'Readers are told if it is not a voice.' },
          },
        ],
      },
      {
        name: 'hours',
        type: 'text',
        label: 'When it answers',
        localized: true,
        maxLength: 400,
        admin: { placeholder: '24 hours, every day', description: 'In words, with the time zone.' },
      },
      {
        name: 'description',
        type: 'text',
        label: 'What to say or press',
        localized: true,
        maxLength: 400,
        admin: { placeholder: 'Press 2 for Spanish', description: 'What helps to get through.' },
      },
      {
        name: 'languages',
        type: 'text',
        hasMany: true,
        label: 'Languages',
        admin: { placeholder: 'Type, then press Enter', description: 'Codes such as en, es, ar.' },
      },
    ],
  },
  {
    name: 'text',
    type: 'text',
    label: 'By text message',
    localized: true,
    maxLength: 400,
    admin: { placeholder: 'Text HOME to 741741', description: 'The word and the number, in a sentence.' },
  },
  webAddress('chat', 'Chat', 'The page on which somebody answers in writing.'),
  webAddress('url', 'Website', 'The page for people who look for help.'),
  { name: 'email', type: 'email', label: 'E-mail', admin: { description: 'One that readers may write to.' } },
  { name: 'address', type: 'text', maxLength: 400, admin: { description: 'One line.' } },
  openingHours,
  {
    name: 'schedule',
    type: 'text',
    label: 'Opening hours in words',
    localized: true,
    maxLength: 400,
    admin: { description: 'What readers are shown. Left empty, it is made of the hours above.' },
  },
]

const terms: Field[] = [
  places,
  {
    name: 'serviceArea',
    type: 'text',
    label: 'Whom it serves, by place, in words',
    localized: true,
    maxLength: 400,
    admin: {
      placeholder: 'United States',
      description: 'What readers are shown. Left empty, it is made of the places above.',
    },
  },
  {
    name: 'eligibility',
    type: 'textarea',
    label: 'Who may use it',
    localized: true,
    maxLength: 4000,
    admin: { rows: 2, description: 'And who cannot, in a plain sentence.' },
  },
  {
    type: 'row',
    fields: [
      {
        name: 'minimumAge',
        type: 'number',
        label: 'From age',
        min: 0,
        max: 130,
        admin: { width: '50%', description: 'Empty if any age will do.' },
      },
      {
        name: 'maximumAge',
        type: 'number',
        label: 'To age',
        min: 0,
        max: 130,
        admin: { width: '50%', description: 'Empty if there is none.' },
      },
    ],
  },
  {
    name: 'languages',
    type: 'text',
    hasMany: true,
    label: 'Languages spoken',
    admin: { placeholder: 'Type, then press Enter', description: 'Codes such as en, es, ar.' },
  },
  {
    name: 'costOptions',
    type: 'select',
    label: 'What it costs',
    hasMany: true,
    options: [
      { label: 'Nothing: it is free', value: 'free' },
      { label: 'Insurance pays, or part of it', value: 'insurance' },
      { label: 'What somebody pays depends on their income', value: 'sliding-scale' },
      { label: 'A price', value: 'fee' },
    ],
    admin: { description: 'All that apply. People who look for help can choose by it.' },
  },
  {
    name: 'fees',
    type: 'text',
    label: 'What it costs, in words',
    localized: true,
    maxLength: 400,
    admin: { placeholder: 'Free', description: 'What readers are shown. Left empty, it is made of the above.' },
  },
  {
    name: 'applicationProcess',
    type: 'textarea',
    label: 'How to be taken on',
    localized: true,
    maxLength: 4000,
    admin: { rows: 2, description: 'The first call or form, and what to have at hand.' },
  },
]

export const Resources: CollectionConfig = {
  slug: 'resources',
  labels: { singular: 'Resource', plural: 'Resources' },
  access: accessTo('resources'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'label',
    defaultColumns: ['name', 'kind', 'trust', 'assuredDate', 'confirmBy'],
    listSearchableFields: ['name', 'slug', 'organization', 'phones.number'],
    pagination: { defaultLimit: 25 },
    components: {
      beforeListTable: ['/admin/desk/FallingDue.tsx#FallingDue', '/admin/resources/ResourceFiles.tsx#ResourceFiles'],
    },
    description:
      'Helplines, services and groups. Change one here, and every article, handout and mail that shows it follows.',
  },
  // What the trust is derived from.
  forceSelect: { name: true, slug: true, status: true, assuredDate: true, verifyEveryDays: true },
  versions: { maxPerDoc: 50 },
  endpoints: [verify, exportFile, importFile],
  hooks: {
    beforeValidate: [fillSlug('name')],
    beforeChange: [keepReachable, takeBackConfirmation, planConfirmation],
    afterChange: [auditVerification, recordAssurance],
  },
  fields: [
    recordId,
    {
      type: 'tabs',
      tabs: [
        {
          label: 'What it is',
          fields: [
            {
              name: 'name',
              type: 'text',
              required: true,
              localized: true,
              maxLength: 400,
              admin: { description: 'The name people know it by.' },
            },
            {
              name: 'organization',
              type: 'text',
              label: 'Organisation behind it',
              maxLength: 400,
              admin: { description: 'Leave it empty if it is the same.' },
            },
            {
              name: 'description',
              type: 'textarea',
              required: true,
              localized: true,
              maxLength: 4000,
              admin: { rows: 3, description: 'What it does for whom, in one or two plain sentences.' },
            },
            {
              name: 'alert',
              type: 'textarea',
              label: 'To know before calling',
              localized: true,
              maxLength: 4000,
              admin: { rows: 2, description: 'Shown first. Leave it empty if there is nothing out of the ordinary.' },
            },
          ],
        },
        { label: 'How to reach it', fields: reach },
        { label: 'Who may use it', fields: terms },
      ],
    },
    {
      // The name once more, and what the day makes of it, where it is chosen.
      name: 'label',
      type: 'text',
      localized: true,
      access: { create: () => false, update: () => false },
      hooks: {
        beforeChange: [({ siblingData, originalDoc }) => siblingData.name ?? originalDoc?.name],
        afterRead: [tellTrust],
      },
      admin: { hidden: true, disableBulkEdit: true },
    },
    slug({ unique: true, index: true, description: 'Name in files and addresses. Made from the name.' }),
    {
      name: 'kind',
      type: 'select',
      required: true,
      defaultValue: 'helpline',
      options: [
        { label: 'Helpline', value: 'helpline' },
        { label: 'Service', value: 'service' },
        { label: 'Support group', value: 'support-group' },
        { label: 'Website', value: 'website' },
        { label: 'Publication', value: 'publication' },
      ],
      admin: { position: 'sidebar', description: 'People who look for help can choose by it.' },
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      defaultValue: 'active',
      options: [
        { label: 'Active', value: 'active' },
        { label: 'Temporarily closed', value: 'temporarily closed' },
        { label: 'Inactive', value: 'inactive' },
        { label: 'Defunct', value: 'defunct' },
      ],
      admin: {
        position: 'sidebar',
        description:
          'Only an active one is shown to readers. To close one that is used, choose what is shown in its place: everything that shows it follows at once.',
      },
    },
    {
      // Its uid: no version of a row that is gone may hold another one back from being deleted.
      name: 'replacedBy',
      type: 'text',
      index: true,
      label: 'Shown in its place',
      admin: {
        position: 'sidebar',
        condition: (data) => data.status !== undefined && data.status !== 'active',
        disableListFilter: true,
        disableListColumn: true,
        description:
          'Readers find this one wherever the closed one stands, at once. Once that is active again, it is shown itself.',
        components: { Field: '/admin/resources/Replacement.tsx#Replacement' },
      },
    },
    {
      name: 'trust',
      type: 'select',
      // What the day makes of the dates below; nothing of it is stored.
      virtual: true,
      options: [
        { label: 'Fresh', value: 'fresh' },
        { label: 'Due', value: 'due' },
        { label: 'Expired', value: 'expired' },
        { label: 'Closed', value: 'closed' },
      ],
      access: { create: () => false, update: () => false },
      hooks: { afterRead: [deriveTrust] },
      admin: {
        position: 'sidebar',
        disableListFilter: true,
        disableBulkEdit: true,
        components: { Field: '/admin/resources/Trust.tsx#Trust' },
      },
    },
    {
      name: 'assuredDate',
      type: 'date',
      label: 'Last confirmed on',
      admin: {
        position: 'sidebar',
        date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
        description:
          'The day somebody last checked that all of this is true. Emptied when a number, an address or the hours change, unless you choose another day in the same save.',
      },
    },
    {
      name: 'confirmBy',
      type: 'date',
      label: 'Confirm again by',
      index: true,
      access: { create: () => false, update: () => false },
      admin: {
        position: 'sidebar',
        readOnly: true,
        condition: (data) => Boolean(data.confirmBy),
        description: 'Follows from the day above and the days below.',
        date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
      },
    },
    {
      name: 'dueFrom',
      type: 'date',
      label: 'Due from',
      index: true,
      access: { create: () => false, update: () => false },
      admin: {
        // For filters alone.
        condition: () => false,
        date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
      },
    },
    {
      name: 'assurerEmail',
      type: 'email',
      label: 'Confirmed by',
      admin: { position: 'sidebar', description: 'E-mail address. Not published.' },
    },
    {
      name: 'verifyEveryDays',
      type: 'number',
      label: 'Confirm again after (days)',
      required: true,
      min: 1,
      max: 1100,
      defaultValue: async ({ req }) =>
        (await req.payload.findGlobal({ slug: 'editorial-policy', depth: 0, req })).verifyEveryDays ?? 180,
      admin: { position: 'sidebar', description: 'Later than that, readers are told when it was last confirmed.' },
    },
    usedIn,
  ],
}
