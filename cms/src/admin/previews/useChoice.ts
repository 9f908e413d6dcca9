import { usePreferences } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { type Choice, choiceIn } from './choice.ts'

const preference = 'signpost-previews'

/** What is chosen, kept for the person, and what changes it; undefined until it is known. */
export function useChoice(): [Choice | undefined, (choice: Choice) => void] {
  const { getPreference, setPreference } = usePreferences()
  const [choice, setChoice] = useState<Choice>()
  useEffect(() => {
    let isOver = false
    const take = (kept: unknown) => isOver || setChoice(choiceIn(kept))
    getPreference<Choice>(preference).then(take, () => take(undefined))
    return () => {
      isOver = true
    }
  }, [getPreference])
  const choose = (next: Choice) => {
    setChoice(next)
    void setPreference(preference, next)
  }
  return [choice, choose]
}
