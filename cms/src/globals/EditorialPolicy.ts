import type { GlobalConfig } from 'payload'
import { accessToGlobal } from '../access/who.ts'

export const EditorialPolicy: GlobalConfig = {
  slug: 'editorial-policy',
  label: 'Editorial policy',
  access: accessToGlobal('editorial-policy'),
  admin: { hideAPIURL: true, group: 'Settings', description: 'The rules of the house.' },
  versions: { max: 50 },
  fields: [
    {
      name: 'reviewEveryMonths',
      type: 'number',
      label: 'Review articles again after (months)',
      required: true,
      min: 1,
      max: 36,
      defaultValue: 24,
      admin: { description: 'Fills in when the next review is due. Three years at most.' },
    },
    {
      name: 'verifyEveryDays',
      type: 'number',
      label: 'Confirm resources again after (days)',
      required: true,
      min: 1,
      max: 1100,
      defaultValue: 180,
      admin: { description: 'For new resources; each can have its own.' },
    },
  ],
}
