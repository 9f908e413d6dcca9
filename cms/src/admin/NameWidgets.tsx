'use client'
import { type ReactNode, useEffect } from 'react'
import { nameWidgets } from './widgets.ts'

/** How long what is new stays without a name at most, milliseconds. */
const pause = 200

/** Keeps Payload's widgets named as they come and go. */
export const NameWidgets = ({ children }: { children?: ReactNode }) => {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      nameWidgets(document)
    }
    look()
    const observer = new MutationObserver(() => {
      timer ??= setTimeout(look, pause)
    })
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
  return <>{children}</>
}
