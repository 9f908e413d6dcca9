import { useEffect, useRef } from 'react'
import { Labelled } from '../Labelled.tsx'

type Props = {
  label: string
  value: string
  onChange(words: string): void
  rows?: number
  /** Whether it was asked for to be written in: then it has the focus. */
  isWanted?: boolean
}

/** A field for words in whatever language, as many as a comment may have. */
export const WordsField = ({ label, value, onChange, rows = 3, isWanted = false }: Props) => {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (isWanted) field.current?.focus()
  }, [isWanted])
  return (
    <Labelled label={label}>
      {(id) => (
        <textarea
          className="signpost-input"
          dir="auto"
          id={id}
          maxLength={4000}
          onChange={({ target }) => onChange(target.value)}
          ref={field}
          rows={rows}
          value={value}
        />
      )}
    </Labelled>
  )
}
