/** A whole XML document, of its root element. */
export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="utf-8"?>${root}`

/** An element of what is XML already. */
export function element(name: string, attributes: Record<string, string>, content: readonly string[] = []): string {
  let tag = `<${name}`
  for (const key in attributes) tag += ` ${key}="${escaped(attributes[key]!).replaceAll('"', '&#x22;')}"`
  const inside = content.join('')
  return inside ? `${tag}>${inside}</${name}>` : `${tag} />`
}

/** An element with plain text in it. */
export const textElement = (name: string, text: string): string => element(name, {}, [escaped(text)])

// What XML 1.0 cannot hold, not even escaped.
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu
const escaped = (text: string): string => text.replace(unfit, '').replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')
