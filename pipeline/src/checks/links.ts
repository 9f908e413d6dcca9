import { blocks } from 'content-schemas'
import { textOf } from '../transformers/text-of.ts'
import type { Rule } from './rule.ts'
import type { Survey, Visited } from './survey.ts'

const isLink = (visited: Visited): visited is Visited<blocks.Link> => visited.node.type === 'link'
const linksOf = (survey: Survey): Visited<blocks.Link>[] => survey.nodes.filter(isLink)

export const linkText: Rule = {
  id: 'link-text',
  severity: 'block',
  waivable: false,
  *find({ survey }) {
    for (const { node, pointer } of linksOf(survey)) {
      const text = textOf(node).trim()
      const reason = whatIsWrongWith(text)
      if (!reason) continue
      yield { pointer, reason, fix: 'Name where the link leads, such as “How naloxone works”.' }
    }
  },
}

function whatIsWrongWith(text: string): string | undefined {
  if (!text) return 'A link has no text, so nobody can see or hear it.'
  if (/^(?:https?:\/\/|www\.)/i.test(text))
    return `A link shows its bare address, ${text}, which screen readers spell out.`
  if (vague.has(plain(text)))
    return `The link text “${text}” does not say where it leads when it is read out on its own.`
  return undefined
}

/** Lower case, without accents, vowel signs and punctuation. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}|\u0640/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const vague = new Set(
  [
    ...['click here', 'click', 'tap here', 'press here', 'here', 'this', 'this link', 'link', 'this page', 'more'],
    ...['read more', 'learn more', 'find out more', 'see more', 'more information', 'more info', 'details', 'go'],
    ...['haga clic aquí', 'haz clic aquí', 'clic aquí', 'pulse aquí', 'pulsa aquí', 'aquí', 'este enlace', 'enlace'],
    ...['leer más', 'lea más', 'ver más', 'más', 'más información', 'saber más', 'esta página', 'detalles'],
    ...['انقر هنا', 'اضغط هنا', 'اضغطي هنا', 'هنا', 'من هنا', 'هذا الرابط', 'الرابط', 'رابط', 'هذه الصفحة'],
    ...['اقرأ المزيد', 'المزيد', 'لمزيد من المعلومات', 'للمزيد', 'مزيد من المعلومات', 'التفاصيل'],
  ].map(plain),
)

export const linkProtocol: Rule = {
  id: 'link-protocol',
  severity: 'block',
  waivable: false,
  *find({ survey }) {
    for (const { node, pointer } of linksOf(survey)) {
      if (blocks.linkPattern.test(node.url)) continue
      yield {
        pointer,
        reason: `The link “${textOf(node)}” has an address that leads nowhere: “${node.url}”.`,
        fix: 'Use a whole web address, an e-mail address, a telephone number, or choose an article.',
      }
    }
  },
}

export const linkInsecure: Rule = {
  id: 'link-insecure',
  severity: 'advise',
  waivable: false,
  *find({ survey }) {
    for (const { node, pointer } of linksOf(survey)) {
      if (!/^http:/i.test(node.url)) continue
      yield {
        pointer,
        reason: `The link “${textOf(node)}” is not encrypted: others on the network can see what is read.`,
        fix: 'Use the address that starts with https, if the site has one.',
      }
    }
  },
}
