/** What became of a comment, as people read it. */
export const commentStates = {
  open: 'Open',
  resolved: 'Resolved',
  accepted: 'Accepted',
  declined: 'Declined',
  withdrawn: 'Taken back',
} as const
export type CommentState = keyof typeof commentStates
