'use client'
import { useDocumentForm, useFormFields } from '@payloadcms/ui'

/** An explained word as it reads in its sentence. */
export const TermLabel = () => {
  const text = useFormFields(([fields]) => fields.text?.value)
  return <span>{typeof text === 'string' && text ? text : 'Explained word'}</span>
}

/** A source mark as readers see it: the number of the source. */
export const CitationLabel = () => {
  const key = useFormFields(([fields]) => fields.source?.value)
  const { fields } = useDocumentForm()
  const [, row] = Object.entries(fields ?? {}).reduce<string[]>(
    (found, [name, field]) => (key && field.value === key ? (/^sources\.(\d+)\.key$/.exec(name) ?? found) : found),
    [],
  )
  return <span>{row === undefined ? 'Source?' : `[${Number(row) + 1}]`}</span>
}
