'use client'
import { Button, toast, useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import type { Locale } from 'content-schemas'
import { Fragment, useState } from 'react'
import type { Template } from '../../writing/templates.ts'
import { post } from '../post.ts'

/** Starts an article from a template and opens it; an empty one that is open is filled. */
export const StartFromTemplate = (props: { template: Template; locale: Locale; article?: string }) => {
  const { config } = useConfig()
  const [isWaiting, setWaiting] = useState(false)
  const start = async () => {
    setWaiting(true)
    const said = await post<{ id: string }>(
      `${config.routes.api}/articles/from-template`,
      { template: props.template.name, locale: props.locale, article: props.article },
      'The article could not be started. Try again.',
    )
    // The form has to be read anew, since it holds the empty article.
    if (said.refused === undefined)
      window.location.assign(`${config.routes.admin}/collections/articles/${said.done.id}`)
    else toast.error(said.refused)
    setWaiting(false)
  }
  return (
    <Button buttonStyle="none" className="signpost-link" disabled={isWaiting} onClick={start}>
      <bdi>{props.template.title}</bdi>
    </Button>
  )
}

/** The templates, in an article that is still empty. */
export const TemplatesForEmpty = (props: { templates: Template[]; locale: Locale }) => {
  const { id } = useDocumentInfo()
  const [title, body] = useFormFields(([fields]) => [fields.title?.value, fields.body?.value])
  if (!id || title || isWritten(body)) return null
  return (
    <p className="signpost-templates">
      Start from a template, or write below:{' '}
      {props.templates.map((template, index) => (
        <Fragment key={template.name}>
          {index > 0 && ' · '}
          <StartFromTemplate article={String(id)} locale={props.locale} template={template} />
        </Fragment>
      ))}
    </p>
  )
}

/** Whether a text holds more than an empty paragraph. */
const isWritten = (body: unknown): boolean => /"text":|"type":"(?!root|paragraph)/.test(JSON.stringify(body) ?? '')
