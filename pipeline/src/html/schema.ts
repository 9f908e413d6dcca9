import type { Schema } from 'hast-util-sanitize'

const link = /^(?:https?:\/\/|mailto:|tel:|sms:|#(?:source|word)-)/i
const number = /^\d{1,5}$/

/**
 * The closed list: elements, attributes and the shape of their values. Whatever is not here does not get out,
 * whichever handler or author it came from. Pictures come from `objects`, the address our own renditions start with.
 * `id` is not on it: fragments are written afterwards, from the tree.
 */
function schemaWith(objects: string): Schema {
  const rendition = `${objects.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[0-9a-f]{64}`
  const choice: [string, RegExp][] = [
    ['srcSet', new RegExp(`^${rendition} \\d{1,5}w(?:, ${rendition} \\d{1,5}w)*$`)],
    ['sizes', /^[a-z0-9 ():,.-]+$/],
  ]
  return {
    // The most frequent first: the sanitiser looks them up one by one.
    tagNames: [
      ...['p', 'li', 'a', 'ul', 'strong', 'em', 'br', 'bdi', 'span', 'sup', 'dfn', 'dt', 'dd', 'dl', 'td', 'tr'],
      ...['h3', 'h2', 'h4', 'h5', 'h6', 'section', 'div', 'ol', 'blockquote', 'hr', 'time'],
      ...['table', 'thead', 'tbody', 'th', 'figure', 'figcaption', 'img', 'picture', 'source'],
    ],
    attributes: {
      '*': ['className'],
      a: [['href', link], 'title'],
      bdi: [['dir', 'ltr']],
      dfn: ['title'],
      div: [['role', 'region'], ['tabIndex', 0], 'ariaLabel'],
      img: [
        ['src', new RegExp(`^${rendition}$`)],
        ...choice,
        'alt',
        ['width', number],
        ['height', number],
        ['loading', 'lazy'],
        ['decoding', 'async'],
      ],
      ol: [
        ['role', 'list'],
        ['start', number],
      ],
      source: [['type', /^image\/(?:avif|webp)$/], ...choice],
      th: [['scope', 'col']],
      time: [['dateTime', /^\d{4}-\d{2}-\d{2}$/]],
      ul: [['role', 'list']],
    },
    protocols: { href: ['http', 'https', 'mailto', 'tel', 'sms'], src: ['http', 'https'] },
    ancestors: {
      li: ['ol', 'ul'],
      dt: ['dl'],
      dd: ['dl'],
      thead: ['table'],
      tbody: ['table'],
      tr: ['table'],
      th: ['table'],
      td: ['table'],
      figcaption: ['figure'],
      source: ['picture'],
    },
    strip: ['script', 'style'],
    clobber: [],
    required: {},
    allowComments: false,
    allowDoctypes: false,
  }
}

const schemas = new Map<string, Schema>()
/** The schema for a publication; `objects` is the address all its renditions start with. */
export function schemaFor(objects: string): Schema {
  const known = schemas.get(objects)
  if (known) return known
  const schema = schemaWith(objects)
  schemas.set(objects, schema)
  return schema
}
