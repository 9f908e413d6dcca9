'use client'
import {
  Button,
  toast,
  useConfig,
  useDocumentInfo,
  useFormModified,
  useFormProcessing,
  useLocale,
} from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'
import type { SignOffAnswer } from '../../endpoints/signOff.ts'
import { sendAct } from '../acting.ts'

/** Whether the text on the form is signed off in the language of the form, and the button for who may do it. */
export const SignOff = () => {
  const { id, collectionSlug } = useDocumentInfo()
  const { config } = useConfig()
  const { code: locale } = useLocale()
  const [isModified, isProcessing] = [useFormModified(), useFormProcessing()]
  const [answer, setAnswer] = useState<SignOffAnswer>()
  const [isSigning, setSigning] = useState(false)
  const address = `${config.routes.api}/${collectionSlug}/${id}/sign-off`
  const look = useCallback(async () => setAnswer(await ask(`${address}?locale=${locale}`)), [address, locale])
  useEffect(() => {
    if (id && !isProcessing) void look()
  }, [id, isProcessing, look])
  if (!id || !answer) return null
  const { newest, contentHash, isOwn, isAsked, mayAct } = answer
  const isSigned = newest !== null && newest.contentHash === contentHash
  const sign = async () => {
    setSigning(true)
    const refused = await sendAct(address, { locale, contentHash })
    if (refused) toast.error(refused)
    await look()
    setSigning(false)
  }
  return (
    <div className="field-type signpost-sign-off" data-signed={isSigned}>
      <div className="field-label">Sign-off</div>
      <p>{inWords(answer)}</p>
      {!isSigned && isAsked && <p>Until it is signed off, readers keep what was published before.</p>}
      {!isSigned && contentHash && mayAct && isOwn && <p>You wrote this. Another reviewer has to sign it off.</p>}
      {!isSigned && contentHash && mayAct && !isOwn && (
        <>
          <Button
            buttonStyle="secondary"
            disabled={isModified || isProcessing || isSigning}
            margin={false}
            onClick={sign}
            size="small"
          >
            Sign off this text
          </Button>
          {isModified && <p>Save first: what you sign off is what is saved.</p>}
        </>
      )}
    </div>
  )
}

function inWords({ newest, contentHash }: SignOffAnswer): string {
  if (contentHash === null) return 'Not written in this language yet.'
  if (newest === null) return 'Nobody has signed this off.'
  const when = `${newest.by} on ${newest.at.slice(0, 10)}`
  return newest.contentHash === contentHash ? `Signed off by ${when}.` : `Changed since it was signed off by ${when}.`
}

/** Undefined where it is not known: the act itself tells what stands against it. */
async function ask(address: string): Promise<SignOffAnswer | undefined> {
  try {
    const response = await fetch(address, { credentials: 'include' })
    return response.ok ? ((await response.json()) as SignOffAnswer) : undefined
  } catch {
    return undefined
  }
}
