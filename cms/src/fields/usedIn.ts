import type { UIField } from 'payload'

/** Says on the form of a record where it is used, before anything is changed. */
export const usedIn: UIField = {
  name: 'usedIn',
  type: 'ui',
  admin: { position: 'sidebar', components: { Field: '/admin/resources/UsedIn.tsx#UsedIn' } },
}
