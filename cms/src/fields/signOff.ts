import type { Field } from 'payload'

/**
 * In which languages the text of a record waits for its sign-off, locales with spaces between; empty where none does.
 * Kept by `noteWaiting` and by the sign-off itself, for lists and filters; see `publishing/sign-offs.ts`. The form says
 * in its place whether the text is signed off, and lets a reviewer do it.
 */
export const signOff: Field = {
  name: 'unsigned',
  type: 'text',
  label: 'Waiting for a sign-off',
  index: true,
  access: { create: () => false, update: () => false },
  admin: {
    position: 'sidebar',
    components: {
      Field: '/admin/review/SignOff.tsx#SignOff',
      Cell: '/admin/review/WaitingCell.tsx#WaitingCell',
    },
  },
}
