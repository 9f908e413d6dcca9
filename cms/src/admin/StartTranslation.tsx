'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import type { Locale } from 'content-schemas'
import { useRouter } from 'next/navigation'

/** Starts the article in another language, as a draft that holds the text to be translated, and opens it. */
export const StartTranslation = (props: { articles: string; id: string; locale: Locale; name: string }) => {
  const router = useRouter()
  const { config } = useConfig()
  const start = async () => {
    const response = await fetch(`${config.routes.api}/articles/${props.id}/in/${props.locale}`, {
      method: 'POST',
      credentials: 'include',
    })
    const { id, errors } = (await response.json()) as { id?: string; errors?: { message: string }[] }
    if (id) router.push(`${props.articles}/${id}`)
    else toast.error(errors?.[0]?.message ?? 'The translation could not be started. Try again.')
  }
  return (
    <Button buttonStyle="none" className="signpost-link" onClick={start}>
      Start in {props.name}
    </Button>
  )
}
