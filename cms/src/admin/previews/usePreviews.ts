import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { PreviewsAnswer } from '../../endpoints/previewDraft.ts'
import { listenUnsaved } from './unsaved.ts'

/** What the tab shows. `turn` names what is to be seen: with another one, frames are loaded anew. */
export type PreviewsInHand = {
  answer: PreviewsAnswer | undefined
  turn: string
  /** Whether a form in another window of this browser has what is not saved. */
  isUnsaved: boolean
  /** Whether the server does not answer any more, so that what is seen may be old. */
  isLost: boolean
}

/** How often the server is asked whether the draft was saved, and how often while it does not answer; milliseconds. */
const pause = { between: 500, lost: 5000 }

/** Follows the newest draft of an article, for as long as somebody looks. */
export function usePreviews(article: string | undefined): PreviewsInHand {
  const { config } = useConfig()
  const [answer, setAnswer] = useState<PreviewsAnswer>()
  const [returns, setReturns] = useState(0)
  const [isUnsaved, setUnsaved] = useState(false)
  const [isLost, setLost] = useState(false)
  const address = `${config.routes.api}/articles/${article}/preview`
  useEffect(() => {
    if (!article) return
    let timer: ReturnType<typeof setTimeout>
    const newer = new AbortController()
    let wasLost = false
    // Resources and pictures have forms of their own: whoever comes back from one wants to see it.
    const comeBack = () => setReturns((before) => before + 1)
    const look = async () => {
      clearTimeout(timer)
      if (document.hidden) return
      const found = await newestAt(address, newer.signal)
      if (newer.signal.aborted) return
      if (found) setAnswer(found)
      if (found && wasLost) comeBack()
      wasLost = !found
      setLost(wasLost)
      clearTimeout(timer)
      timer = setTimeout(look, wasLost ? pause.lost : pause.between)
    }
    const lookAgain = () => {
      if (document.hidden) return
      comeBack()
      void look()
    }
    const listening = listenUnsaved(article, (isUnsaved) => {
      setUnsaved(isUnsaved)
      void look()
    })
    document.addEventListener('visibilitychange', lookAgain)
    void look()
    return () => {
      newer.abort()
      clearTimeout(timer)
      listening()
      document.removeEventListener('visibilitychange', lookAgain)
    }
  }, [article, address])
  return { answer, turn: `${answer?.savedAt} ${returns}`, isUnsaved, isLost }
}

/** What the server says now; undefined if it says nothing of use. */
async function newestAt(address: string, signal: AbortSignal): Promise<PreviewsAnswer | undefined> {
  try {
    const response = await fetch(address, { credentials: 'include', signal })
    return response.ok ? ((await response.json()) as PreviewsAnswer) : undefined
  } catch {
    return undefined
  }
}
