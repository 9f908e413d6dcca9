import { ServedPlace } from 'content-schemas'
import type { ArrayField } from 'payload'

/** The places a resource serves, as programs read them: the filter by place, directories. */
export const places: ArrayField = {
  name: 'places',
  type: 'array',
  label: 'Places it serves',
  labels: { singular: 'Place', plural: 'Places' },
  admin: {
    description: 'People who look for help can choose a place and see what serves it.',
    initCollapsed: true,
    components: { RowLabel: '/admin/resources/PlaceTitle.tsx#PlaceTitle' },
  },
  fields: [
    {
      name: 'country',
      type: 'text',
      required: true,
      validate: (value: unknown) =>
        ServedPlace.shape.country.safeParse(value).success || 'Choose a country, or the whole world.',
      admin: { components: { Field: '/admin/resources/PickOne.tsx#PickCountry' } },
    },
    {
      type: 'row',
      fields: [
        {
          name: 'region',
          type: 'text',
          label: 'Only in this part of it',
          localized: true,
          maxLength: 400,
          admin: { width: '50%', placeholder: 'California', description: 'A state, province or region.' },
        },
        {
          name: 'city',
          type: 'text',
          label: 'Only in this town or city',
          localized: true,
          maxLength: 400,
          admin: { width: '50%', description: 'If it serves no other.' },
        },
      ],
    },
  ],
}
