import { toast, useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'
import type { CommentsAnswer } from '../../endpoints/readComments.ts'

/** Does an act on the article, and reads the comments anew. Resolves with what it answered; undefined if it was refused. */
export type CommentAct = (name: string, body: object) => Promise<Record<string, unknown> | true | undefined>

/** The text of an article with what was said about it. `refused` says why there is none, such as for an unreadable draft. */
export type CommentsInHand = {
  answer: CommentsAnswer | undefined
  refused: string | undefined
  isActing: boolean
  act: CommentAct
}

/** Reads the comments on an article, the id of its row; again whenever `turn` is another. */
export function useComments(article: string | undefined, turn?: unknown): CommentsInHand {
  const { config } = useConfig()
  const [answer, setAnswer] = useState<CommentsAnswer>()
  const [refused, setRefused] = useState<string>()
  const [isActing, setActing] = useState(false)
  const address = `${config.routes.api}/articles/${article}`
  const read = useCallback(
    async (signal?: AbortSignal) => {
      const response = await fetch(`${address}/comments`, { credentials: 'include', signal })
      if (response.ok) setAnswer((await response.json()) as CommentsAnswer)
      setRefused(response.ok ? undefined : await reasonIn(response))
    },
    [address],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved may have the words elsewhere
  useEffect(() => {
    if (!article) return
    const newer = new AbortController()
    read(newer.signal).catch(() => {
      if (!newer.signal.aborted) setRefused('The comments could not be read. Reload the page.')
    })
    return () => newer.abort()
  }, [article, read, turn])
  const act: CommentAct = async (name, body) => {
    setActing(true)
    try {
      const headers = { 'Content-Type': 'application/json' }
      const sent = { method: 'POST', credentials: 'include', headers, body: JSON.stringify(body) } as const
      const response = await fetch(`${address}/acts/${name}`, sent)
      if (!response.ok) {
        toast.error(await reasonIn(response))
        return undefined
      }
      const { done } = (await response.json()) as { done: Record<string, unknown> | true }
      await read()
      return done
    } catch {
      toast.error('The server did not answer. Try again.')
      return undefined
    } finally {
      setActing(false)
    }
  }
  return { answer, refused, isActing, act }
}

async function reasonIn(response: Response): Promise<string> {
  const unknown = 'This could not be done. Try again.'
  const { errors } = (await response.json().catch(() => ({}))) as { errors?: { message: string }[] }
  return errors?.[0]?.message ?? unknown
}
