import { OpeningTime, TimeZone } from 'content-schemas'
import type { GroupField, TextField } from 'payload'
import { titledGroup } from './titledGroup.ts'

const hasTimes = (_: unknown, { open }: { open?: string } = {}): boolean => open === 'times'

const time = (name: 'opensAt' | 'closesAt', label: string, description: string): TextField => ({
  name,
  type: 'text',
  label,
  required: true,
  maxLength: 5,
  validate: (value: unknown) =>
    OpeningTime.shape[name].safeParse(value).success || 'Write the time with four digits, such as 09:00 or 17:30.',
  admin: { placeholder: name === 'opensAt' ? '09:00' : '17:00', width: '50%', description },
})

/** When a resource is open, as programs read it: the filter “open now”, directories. */
export const openingHours: GroupField = titledGroup('When it is open', {
  name: 'openingHours',
  type: 'group',
  admin: { description: 'People who look for help can choose to see only what is open at that moment.' },
  fields: [
    {
      name: 'open',
      type: 'select',
      label: 'Open',
      options: [
        { label: '24 hours, every day', value: 'always' },
        { label: 'At the same times every week', value: 'times' },
      ],
      admin: { description: 'Leave it empty if you do not know, or if it differs from place to place.' },
    },
    {
      name: 'timezone',
      type: 'text',
      label: 'By the clock of',
      validate: (value: unknown, { siblingData }: { siblingData: { open?: string } }) =>
        siblingData.open !== 'times' || TimeZone.safeParse(value).success || 'Choose the time zone of these hours.',
      admin: { condition: hasTimes, components: { Field: '/admin/resources/PickOne.tsx#PickTimeZone' } },
    },
    {
      name: 'times',
      type: 'array',
      label: 'Hours',
      labels: { singular: 'Hours', plural: 'Hours' },
      validate: (value: unknown, { siblingData }: { siblingData: { open?: string } }) =>
        siblingData.open !== 'times' || (Array.isArray(value) && value.length > 0) || 'Say when it is open.',
      admin: {
        condition: hasTimes,
        description: 'Days with the same hours together; another row for other days, or for hours after a break.',
        components: { RowLabel: '/admin/resources/HoursTitle.tsx#HoursTitle' },
      },
      fields: [
        {
          name: 'byday',
          type: 'select',
          label: 'On',
          hasMany: true,
          admin: { description: 'All days that have these hours.' },
          required: true,
          options: [
            { label: 'Monday', value: 'MO' },
            { label: 'Tuesday', value: 'TU' },
            { label: 'Wednesday', value: 'WE' },
            { label: 'Thursday', value: 'TH' },
            { label: 'Friday', value: 'FR' },
            { label: 'Saturday', value: 'SA' },
            { label: 'Sunday', value: 'SU' },
          ],
        },
        {
          type: 'row',
          fields: [
            time('opensAt', 'From', 'On the clock of the place.'),
            time('closesAt', 'To', 'Midnight is 00:00. An earlier time than the first is on the next day.'),
          ],
        },
      ],
    },
  ],
})
