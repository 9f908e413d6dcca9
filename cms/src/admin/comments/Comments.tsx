'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { CommentedText } from './CommentedText.tsx'
import { OutsideLinks } from './OutsideLinks.tsx'
import { useComments } from './useComments.ts'

/** The tab of an article where its newest draft is read and commented on, by those inside and outside. */
export const Comments = () => {
  const { id } = useDocumentInfo()
  const comments = useComments(id === undefined ? undefined : String(id))
  if (!id) return null
  return (
    <div className="signpost-comments gutter--left gutter--right">
      <p>
        The newest draft, as it was last saved. Select words, then choose “Comment” beside them; or comment on the whole
        passage.
      </p>
      <CommentedText comments={comments} />
      <OutsideLinks comments={comments} />
    </div>
  )
}
