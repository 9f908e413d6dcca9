'use client'
import { FieldError, SelectInput, useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import { countries, timeZones } from './geography.ts'

/*
 * One of a list that is long and not ours: the browser has it, and the names in it. What is kept is a code.
 */

export const PickTimeZone = (props: TextFieldClientProps) => (
  <PickOne {...props} label="By the clock of" options={timeZones()} />
)
export const PickCountry = (props: TextFieldClientProps) => <PickOne {...props} label="Country" options={countries()} />

type Options = { label: string; value: string }[]

function PickOne({ path, label, options, readOnly }: TextFieldClientProps & { label: string; options: Options }) {
  const { value, setValue, showError } = useField<string>({ path })
  const isKnown = !value || options.some((option) => option.value === value)
  return (
    <div className="field-type">
      <SelectInput
        Error={<FieldError path={path} showError={showError} />}
        label={label}
        name={path}
        onChange={(option) => setValue(option && !Array.isArray(option) ? option.value : null)}
        options={isKnown ? options : [{ label: value, value }, ...options]}
        path={path}
        readOnly={readOnly === true}
        required
        showError={showError}
        value={value}
      />
    </div>
  )
}
