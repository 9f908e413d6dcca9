import type { Article, blocks } from 'content-schemas'
import { toMarkdown } from 'pipeline/body/markdown.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { toSafeHtml } from 'pipeline/html/index.ts'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { articleIn, everyBlock, prepared, publishedArticle, words } from '../pipeline/specimen.ts'
import type { Figure } from './figure.ts'

const runs = 400

/** Milliseconds of one call: the median of many, after a warm-up. */
async function median(call: () => unknown): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs * 2; run++) {
    const start = performance.now()
    await call()
    if (run >= runs) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[runs / 2]!
}

/** An article of some 25 KB, every block in it. */
function longArticle(): Article {
  const body = everyBlock(words.en)
  const paragraphs = Array.from({ length: 64 }, (): blocks.Flow[] => [
    {
      type: 'paragraph',
      children: [{ type: 'text', value: `${words.en.paragraph} ${words.en.answer} ${words.en.optionText}` }],
    },
  ]).flat()
  return articleIn('en', { body: { ...body, children: [...body.children, ...paragraphs] } })
}

export async function bench(): Promise<Figure[]> {
  const article = longArticle()
  const edition = publishedArticle('en', { body: article.body })
  const { tree, context } = prepared(edition)
  const output = { name: 'json', path: '/v1/en/articles/resting.json', pass: 1, tree: true } as const
  const { body } = await web.render(tree, context, output)
  const json = String(body)
  const kilobytes = Math.round(JSON.stringify(article).length / 1024)
  const markdown = toMarkdown(article)
  const parser = unified().use(remarkParse)

  const ours = await median(() => {
    const { tree, context } = prepared(edition)
    return web.render(tree, context, output)
  })
  const copied = await median(() => JSON.stringify(JSON.parse(json)))
  const html = await median(() =>
    toSafeHtml(tree, { locale: 'en', objects: '/v1/objects/', citations: 'source', terms: 'title' }),
  )
  const parsed = await median(() => parser.parse(markdown))
  const figure = (name: string, ours: number, yardstick: number, goal?: string): Figure => ({
    name,
    ours,
    yardstick,
    ratio: ours / yardstick,
    unit: 'ms',
    ...(goal ? { goal } : {}),
  })
  return [
    figure(`edition of ${kilobytes} KB → article JSON : JSON.parse and stringify of it`, ours, copied, '≤ 1 ms'),
    figure(`resolved tree of ${kilobytes} KB → closed HTML : remark-parse of its Markdown alone`, html, parsed),
  ]
}
