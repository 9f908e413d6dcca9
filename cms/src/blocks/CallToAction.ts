import type { Block } from 'payload'

export const CallToAction: Block = {
  slug: 'call-to-action',
  interfaceName: 'CallToActionBlock',
  labels: { singular: 'Call to action', plural: 'Calls to action' },
  admin: { group: 'From the library', disableBlockName: true },
  fields: [
    {
      name: 'record',
      type: 'relationship',
      relationTo: 'calls-to-action',
      required: true,
      label: 'Call to action',
      admin: { description: 'One record for every article that shows it.' },
    },
  ],
}
