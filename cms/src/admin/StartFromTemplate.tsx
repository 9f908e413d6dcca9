'use client'
import { Button, toast, useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import type { Locale } from 'content-schemas'
import { Fragment, useState } from 'react'
import type { Template } from '../writing/templates.ts'

/** Starts an article from a template and opens it; an empty one that is open is filled. */
export const StartFromTemplate = (props: { template: Template; locale: Locale; article?: string }) => {
  const { config } = useConfig()
  const [isWaiting, setWaiting] = useState(false)
  const start = async () => {
    setWaiting(true)
    const response = await fetch(`${config.routes.api}/articles/from-template`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ template: props.template.name, locale: props.locale, article: props.article }),
    })
    const { id, errors } = (await response.json()) as { id?: string; errors?: { message: string }[] }
    // The form has to be read anew, since it holds the empty article.
    if (id) window.location.assign(`${config.routes.admin}/collections/articles/${id}`)
    else toast.error(errors?.[0]?.message ?? 'The article could not be started. Try again.')
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
