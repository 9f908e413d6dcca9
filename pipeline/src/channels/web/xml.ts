import type { Element } from 'xast'
import { toXml } from 'xast-util-to-xml'
import { x } from 'xastscript'

/** A whole XML document. */
export const xmlDocument = (root: Element): string =>
  toXml([{ type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' }, root], {
    closeEmptyElements: true,
  })

// What XML 1.0 cannot hold, not even escaped.
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu
/** Text without what XML cannot hold. */
export const fit = (text: string): string => text.replace(unfit, '')

/** An element with plain text in it. */
export const textElement = (name: string, text: string): Element => x(name, fit(text))
