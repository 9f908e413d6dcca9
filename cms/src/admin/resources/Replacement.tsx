'use client'
import { FieldDescription, FieldError, RelationshipInput, useDocumentInfo, useField } from '@payloadcms/ui'
import type { TextFieldClientProps, Where } from 'payload'

/** Choose the resource that is shown in the place of this one; what is kept is its uid. */
export const Replacement = ({ field, path }: TextFieldClientProps) => {
  const { id } = useDocumentInfo()
  const { value, setValue, showError } = useField<string | null>({ path })
  const openOnes: Where = { and: [{ status: { equals: 'active' } }, { id: { not_equals: id ?? '' } }] }
  return (
    <RelationshipInput
      Description={<FieldDescription description={field.admin?.description} path={path} />}
      Error={<FieldError path={path} showError={showError} />}
      filterOptions={{ resources: openOnes }}
      hasMany={false}
      label={field.label}
      onChange={(chosen) => setValue(chosen?.value ?? null)}
      path={path}
      relationTo={['resources']}
      showError={showError}
      value={value ? { relationTo: 'resources', value } : null}
    />
  )
}
