'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import type { Locale } from 'content-schemas'
import { useRouter } from 'next/navigation'
import { post } from '../post.ts'

/** Starts the article in another language, as a draft that holds the text to be translated, and opens it. */
export const StartTranslation = (props: { articles: string; id: string; locale: Locale; name: string }) => {
  const router = useRouter()
  const { config } = useConfig()
  const start = async () => {
    const said = await post<{ id: string }>(
      `${config.routes.api}/articles/${props.id}/in/${props.locale}`,
      undefined,
      'The translation could not be started. Try again.',
    )
    if (said.refused === undefined) router.push(`${props.articles}/${said.done.id}`)
    else toast.error(said.refused)
  }
  return (
    <Button buttonStyle="none" className="signpost-link" onClick={start}>
      Start in {props.name}
    </Button>
  )
}
