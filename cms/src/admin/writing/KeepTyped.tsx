'use client'
import { $isBlockNode, type BlockNode } from '@payloadcms/richtext-lexical/client'
import { $getRoot, type LexicalEditor, SKIP_DOM_SELECTION_TAG } from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { $dfs } from '@payloadcms/richtext-lexical/lexical/utils'
import { useAllFormFields } from '@payloadcms/ui'
import type { FormState } from 'payload'
import { deepCopyObjectSimpleWithoutReactComponents, reduceFieldsToValues } from 'payload/shared'
import { useEffect, useRef } from 'react'

type Fields = ReturnType<BlockNode['getFields']>

/**
 * What a block shows is what is saved. A block has a form of its own, and Payload loses words between that form and the
 * text around it: what was typed last before an answer of the server came, until something else in the block changes;
 * and, when the text is shown again after a look at another tab, all that was changed since the page was loaded
 * (https://github.com/payloadcms/payload/issues/17894). So each change is written into the text at once, and a form that
 * comes up with something else than the text holds is made anew.
 */
export const KeepTyped = () => {
  const [editor] = useLexicalComposerContext()
  const [state] = useAllFormFields()
  const form = useRef<'unknown' | 'current' | 'outdated'>('unknown')
  useEffect(() => {
    if (!editor.isEditable()) return
    const shown = valuesOf(state)
    if (form.current === 'unknown') form.current = readAgain(editor, shown) ? 'outdated' : 'current'
    if (form.current === 'outdated') return
    const write = () => writeInto(editor, shown)
    write()
    // The answer of the server to an earlier state is written into the text as well.
    return editor.registerUpdateListener(write)
  }, [editor, state])
  return null
}

/** The values of a block's form in the shape the text holds them. */
function valuesOf(state: FormState): Fields {
  const copy = deepCopyObjectSimpleWithoutReactComponents(state, { excludeFiles: true }) as FormState
  // A list counts its rows in its own value; the rows are values besides.
  for (const field of Object.values(copy)) if (field.rows && 'value' in field) field.disableFormData = true
  return reduceFieldsToValues(copy, true) as Fields
}

/** Blocks whose form is being read again, with the version of their node that it is read from. */
const reading = new Map<string, string>()

/** Has the form of a block made anew from the text when it shows something else; whether it will be. */
function readAgain(editor: LexicalEditor, shown: Fields): boolean {
  const [held, version] = editor.read(() => [heldIn(shown.id), versionOf(shown.id)])
  const wasRead = reading.get(shown.id) === version
  reading.delete(shown.id)
  // What differs in a form just made is how empty values are kept.
  if (!held || wasRead || isSame(held, shown)) return false
  editor.update(
    () => {
      nodeOf(shown.id)?.setFields({ ...held })
      reading.set(shown.id, versionOf(shown.id))
    },
    { tag: SKIP_DOM_SELECTION_TAG },
  )
  return true
}

function writeInto(editor: LexicalEditor, shown: Fields): void {
  const held = editor.getEditorState().read(() => heldIn(shown.id))
  if (!held || isSame(held, shown)) return
  editor.update(() => nodeOf(shown.id)?.setFields({ ...shown, blockType: held.blockType }, true), {
    tag: SKIP_DOM_SELECTION_TAG,
  })
}

const heldIn = (id: string): Fields | undefined => nodeOf(id)?.getFields()

/** Changes whenever Payload makes the form of a block anew. */
const versionOf = (id: string): string => `${nodeOf(id)?.getKey()} ${nodeOf(id)?.__cacheBuster}`

const nodeOf = (id: string): BlockNode | undefined =>
  $dfs($getRoot())
    .map(({ node }) => node)
    .filter($isBlockNode)
    .find((node) => node.getFields().id === id)

const isSame = (one: Fields, other: Fields): boolean => comparable(one) === comparable(other)

/** Text that is the same for two sets of values that say the same: without what is empty, in one order. */
const comparable = ({ blockType: _, ...values }: Fields): string =>
  JSON.stringify(values, (_, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value || undefined
    const entries = Object.entries(value).filter(([, entry]) => entry && (!Array.isArray(entry) || entry.length > 0))
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
