'use client'
import { createClientFeature } from '@payloadcms/richtext-lexical/client'
import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  PASTE_COMMAND,
} from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { useEffect } from 'react'
import { cleanPasted } from '../../writing/pasted.ts'

/** Pastes the cleaned page in the place of the one that was copied. */
const CleanPaste = () => {
  const [editor] = useLexicalComposerContext()
  useEffect(() => {
    const cleanOnes = new WeakSet<Event>()
    const paste = (event: ClipboardEvent | InputEvent | KeyboardEvent) => {
      const copied = 'clipboardData' in event ? event.clipboardData : null
      const html = copied?.getData('text/html')
      const selection = $getSelection()
      // What was copied in an editor here is right as it is, and a picture alone has its own way.
      const isOwn = cleanOnes.has(event) || copied?.types.includes('application/x-lexical-editor')
      if (!copied || !html || isOwn || !$isRangeSelection(selection)) return false
      const cleaned = cleanPasted(new DOMParser().parseFromString(html, 'text/html').body)
      if (!cleaned) return false
      event.preventDefault()
      const transfer = new DataTransfer()
      transfer.setData('text/html', cleaned)
      transfer.setData('text/plain', copied.getData('text/plain'))
      const again = new ClipboardEvent('paste', { clipboardData: transfer, cancelable: true })
      cleanOnes.add(again)
      return editor.dispatchCommand(PASTE_COMMAND, again)
    }
    return editor.registerCommand(PASTE_COMMAND, paste, COMMAND_PRIORITY_HIGH)
  }, [editor])
  return null
}

export const CleanPasteClient = createClientFeature({
  plugins: [{ Component: CleanPaste, position: 'normal' }],
})
