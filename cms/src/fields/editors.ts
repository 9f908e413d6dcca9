import {
  BlockquoteFeature,
  BlocksFeature,
  BoldFeature,
  EXPERIMENTAL_TableFeature,
  FixedToolbarFeature,
  HeadingFeature,
  HorizontalRuleFeature,
  InlineToolbarFeature,
  ItalicFeature,
  LinkFeature,
  lexicalEditor,
  OrderedListFeature,
  ParagraphFeature,
  UnorderedListFeature,
} from '@payloadcms/richtext-lexical'
import { blocks as contract } from 'content-schemas'
import type { Block, FieldAffectingData, TextFieldSingleValidation } from 'payload'
import { Citation } from '../blocks/Citation.ts'
import { Term } from '../blocks/Term.ts'
import { CleanPasteFeature } from './cleanPaste.ts'

/*
 * Editors offer exactly what the tree of the contract can hold, so that nothing an editor does is lost on the way.
 */

const words = () => [
  ParagraphFeature(),
  BoldFeature(),
  ItalicFeature(),
  UnorderedListFeature(),
  OrderedListFeature(),
  LinkFeature({ enabledCollections: ['articles'], disableAutoLinks: true, fields: linkFields, maxDepth: 0 }),
  InlineToolbarFeature(),
  FixedToolbarFeature(),
  CleanPasteFeature(),
]
const sections = () => [
  HeadingFeature({ enabledHeadingSizes: ['h2', 'h3', 'h4'] }),
  BlockquoteFeature(),
  HorizontalRuleFeature(),
  EXPERIMENTAL_TableFeature(),
]
const inlineBlocks = [Term, Citation]

/** Text and lists. */
export const textEditor = () => lexicalEditor({ features: () => [...words(), BlocksFeature({ inlineBlocks })] })
/** Everything a document holds, with the blocks given. */
export const documentEditor = (blocks: Block[]) =>
  lexicalEditor({ features: () => [...words(), ...sections(), BlocksFeature({ blocks, inlineBlocks })] })

const validateAddress: TextFieldSingleValidation = (value, { siblingData }) =>
  (siblingData as { linkType?: string }).linkType === 'internal' ||
  (typeof value === 'string' && contract.linkPattern.test(value) && !value.startsWith('article:')) ||
  'Write a whole address: https://…, mailto:name@example.org, tel:+15551234 or sms:741741.'

/** Payload's fields of a link without those the tree cannot hold, and with the addresses the contract allows. */
function linkFields({ defaultFields }: { defaultFields: FieldAffectingData[] }): FieldAffectingData[] {
  return defaultFields
    .filter(({ name }) => name !== 'newTab')
    .map((field) =>
      field.name === 'url'
        ? ({ ...field, label: 'Address', hooks: {}, validate: validateAddress } as FieldAffectingData)
        : field,
    )
}
