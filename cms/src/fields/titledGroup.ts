import type { GroupField } from 'payload'

type Group = Extract<GroupField, { name: string }>

/**
 * A group with a heading on the form. In lists and filters Payload puts the label of a group before those of its fields,
 * “Clinical review > Next review due”: this one has an empty label, and the heading is a component.
 */
export const titledGroup = (title: string, { admin, ...group }: Omit<Group, 'label'>): Group => ({
  ...group,
  label: { en: '' },
  admin: {
    ...admin,
    components: {
      ...admin?.components,
      Label: { path: '/admin/GroupTitle.tsx#GroupTitle', clientProps: { title } },
    },
  },
})
