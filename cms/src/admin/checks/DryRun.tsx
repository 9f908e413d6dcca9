'use client'
import { Button, toast, useConfig, useDocumentInfo, useForm } from '@payloadcms/ui'
import { useState } from 'react'
import type { DryRunAnswer } from '../../endpoints/dryRun.ts'
import { post } from '../post.ts'

/** Says, before a rule is saved, what it would report in what is published. Nothing is unpublished by a rule. */
export const DryRun = () => {
  const { collectionSlug, globalSlug, id } = useDocumentInfo()
  const { config } = useConfig()
  const { getData } = useForm()
  const [answer, setAnswer] = useState<DryRunAnswer>()
  const [isWaiting, setWaiting] = useState(false)
  const where = globalSlug ? `globals/${globalSlug}` : collectionSlug
  const run = async () => {
    setWaiting(true)
    const said = await post<DryRunAnswer>(
      `${config.routes.api}/${where}/dry-run`,
      { ...getData(), ...(id ? { id } : {}) },
      'This could not be tried. Try again.',
    )
    if (said.refused === undefined) setAnswer(said.done)
    else toast.error(said.refused)
    setWaiting(false)
  }
  return (
    <div className="field-type signpost-checks">
      <div className="field-label">What is published</div>
      <Button buttonStyle="secondary" disabled={isWaiting} margin={false} onClick={run} size="small">
        What would this report?
      </Button>
      {isWaiting && <p role="status">Every published article is looked at. One moment.</p>}
      {answer && !isWaiting && <Answer answer={answer} articles={`${config.routes.admin}/collections/articles`} />}
      <p>As advice to their editors: no rule unpublishes anything.</p>
    </div>
  )
}

const Answer = ({
  answer: { articles, found, hit, places },
  articles: address,
}: {
  answer: DryRunAnswer
  articles: string
}) => (
  <>
    <p className="signpost-checks__sum" role="status">
      {places === 0
        ? `Nothing new in ${articles} published articles`
        : `It would report ${counted(places)} in ${hit} of ${articles} published articles`}
    </p>
    <ul className="signpost-checks__list">
      {found.map(({ id, title, locale, messages }) => (
        <li key={id}>
          <a href={`${address}/${id}`}>
            {title} ({locale})
          </a>
          <details className="signpost-checks__more">
            <summary>{counted(messages.length)}</summary>
            {messages.map(({ reason, pointer }) => (
              <p key={pointer + reason}>{reason}</p>
            ))}
          </details>
        </li>
      ))}
    </ul>
    {hit > found.length && <p>and {hit - found.length} more articles</p>}
  </>
)

const counted = (places: number): string => (places === 1 ? '1 place' : `${places} places`)
