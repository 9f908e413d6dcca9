import type { UIField } from 'payload'

/** Says on the form of a shared text whether it is signed off in this language, and lets a reviewer do it. */
export const signOff: UIField = {
  name: 'signOff',
  type: 'ui',
  admin: { position: 'sidebar', components: { Field: '/admin/review/SignOff.tsx#SignOff' } },
}
