import type { UIField } from 'payload'

/** Tries, on the form of a rule, what it would report in what is published. */
export const dryRunField: UIField = {
  name: 'dryRun',
  type: 'ui',
  admin: { position: 'sidebar', components: { Field: '/admin/checks/DryRun.tsx#DryRun' } },
}
