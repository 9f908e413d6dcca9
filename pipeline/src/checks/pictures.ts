import { isPlaceholder } from './placeholders.ts'
import type { Rule } from './rule.ts'

export const alternativeText: Rule = {
  id: 'alternative-text',
  severity: 'block',
  waivable: false,
  *find({ survey, records }) {
    for (const { kind, uid, pointer } of survey.uses) {
      const media = kind === 'media' ? records.media[uid] : undefined
      if (!media || media.decorative || !isPlaceholder(media.alt)) continue
      yield {
        pointer,
        reason: `The picture “${media.slug}” has no alternative text, so people who do not see it miss what it says.`,
        fix: 'Describe in the picture’s record what it shows, or mark it as decorative.',
      }
    }
  },
}
