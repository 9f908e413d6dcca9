'use client'
import { FieldDescription, SelectInput, useDocumentForm, useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

/** Choose one of the sources of the article; what is kept is its key. */
export const SourceField = ({ path }: TextFieldClientProps) => {
  const { value, setValue } = useField<string>({ path })
  const sources = useSources()
  return (
    <div className="field-type">
      <SelectInput
        label="Source"
        name={path}
        onChange={(option) => setValue(option && !Array.isArray(option) ? option.value : undefined)}
        options={sources}
        path={path}
        required
        value={value}
      />
      <FieldDescription
        description={
          sources.length > 0
            ? 'Readers see its number, and the source at the end of the article.'
            : 'There are no sources yet: add them under “Evidence and review”.'
        }
        path={path}
      />
    </div>
  )
}

/** The sources as they stand in the form, saved or not. */
function useSources(): { label: string; value: string }[] {
  const { fields } = useDocumentForm()
  return Object.entries(fields ?? {}).flatMap(([name, field]) => {
    const [, row] = /^sources\.(\d+)\.key$/.exec(name) ?? []
    if (!row || typeof field.value !== 'string') return []
    const title = fields[`sources.${row}.title`]?.value
    return [{ value: field.value, label: `${Number(row) + 1}. ${title || 'Without a title'}` }]
  })
}
