import type { Audience } from 'content-schemas'
import type { GlobalConfig, NumberField } from 'payload'
import { defaultPolicy } from 'pipeline/checks/index.ts'
import { accessToGlobal } from '../access/who.ts'
import { dryRunOfPolicy } from '../endpoints/dryRun.ts'
import { dryRunField } from '../fields/dryRun.ts'

const grade = (name: Audience['kind'], label: string): NumberField => ({
  ...{ name, label, type: 'number', required: true, min: 3, max: 18 },
  defaultValue: defaultPolicy.readingLevel[name],
  admin: { step: 1, width: '33%', description: 'A school grade, 3 to 18.' },
})

export const EditorialPolicy: GlobalConfig = {
  slug: 'editorial-policy',
  label: 'Editorial policy',
  access: accessToGlobal('editorial-policy'),
  admin: { hideAPIURL: true, group: 'Settings', description: 'The rules of the house.' },
  versions: { max: 50 },
  endpoints: [dryRunOfPolicy],
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
    {
      name: 'readingLevel',
      type: 'group',
      label: 'Reading level',
      admin: {
        description:
          'The school grade a reader should manage with, for each audience; 8 is usual for the public. Spanish is measured on the INFLESZ scale, in the band that fits; there is no measure for Arabic.',
      },
      fields: [
        {
          type: 'row',
          fields: [
            grade('patient', 'Patients'),
            grade('family', 'Family and friends'),
            grade('professional', 'Professionals'),
          ],
        },
      ],
    },
    {
      name: 'readingLevelBlocks',
      type: 'checkbox',
      label: 'What is much too hard to read cannot be published',
      defaultValue: defaultPolicy.readingLevelBlocks,
      admin: { description: 'More than two grades above, or one in steps and urgent help. Otherwise it is advice.' },
    },
    {
      name: 'wordingBlocks',
      type: 'checkbox',
      label: 'Wording rules can stop a publication',
      defaultValue: defaultPolicy.wordingBlocks,
      admin: { description: 'Otherwise all of them advise.' },
    },
    {
      name: 'signOffShared',
      type: 'checkbox',
      label: 'Shared texts need a sign-off of their own',
      defaultValue: false,
      admin: {
        description:
          'Of shared passages, glossary entries and calls to action, readers get only what a reviewer has signed off. New installations start with it. Sign off what there is before you turn this on: an article that shows another one is not published.',
      },
    },
    dryRunField,
  ],
}
