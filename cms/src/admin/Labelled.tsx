import { type ReactNode, useId } from 'react'

/** A native input with its label, where no field of a form is meant. */
export const Labelled = ({ label, children }: { label: string; children(id: string): ReactNode }) => {
  const id = useId()
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}
