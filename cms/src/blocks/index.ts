import type { Block } from 'payload'
import { keepingTyped } from '../fields/keepTyped.ts'
import { Callout } from './Callout.ts'
import { CallToAction } from './CallToAction.ts'
import { CareOptions } from './CareOptions.ts'
import { Checklist } from './Checklist.ts'
import { DoDont } from './DoDont.ts'
import { Faq } from './Faq.ts'
import { Figure } from './Figure.ts'
import { Resources } from './Resources.ts'
import { Snippet } from './Snippet.ts'
import { Steps } from './Steps.ts'
import { UrgentHelp } from './UrgentHelp.ts'

/** Blocks without blocks inside, as every rich text with blocks offers them. */
const flat = [UrgentHelp, Checklist, DoDont, Callout, Figure, Resources, CallToAction].map(keepingTyped)
/** Blocks whose parts hold blocks. */
const deep = (nested: Block[]) => [Steps(nested), CareOptions(nested), Faq(nested)].map(keepingTyped)

/** Blocks inside a step, a care option or an answer. */
export const nestedBlocks: Block[] = [...flat, keepingTyped(Snippet)]
/** Blocks of a shared passage: every one but shared passages. */
export const snippetBlocks: Block[] = [...deep(flat), ...flat]
/** Blocks of a document, in the order an editor meets them. */
export const documentBlocks: Block[] = [...deep(nestedBlocks), ...nestedBlocks]
