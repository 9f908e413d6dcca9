import { trustOf } from '../states.ts'
import { standIn } from '../transformers/records.ts'
import type { ArticleRule, IssueRule, Rule } from './rule.ts'

/*
 * What an article or an issue has to have.
 */

export const summaryMissing: ArticleRule = {
  id: 'summary-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.summary.trim()) return
    yield {
      pointer: '/summary',
      reason: 'There is no summary. Lists, feeds and e-mails show it in place of the article.',
      fix: 'Say in one to three plain sentences what the reader will learn.',
    }
  },
}

export const mainMessageMissing: ArticleRule = {
  id: 'main-message-missing',
  severity: 'advise',
  waivable: false,
  *find({ document }) {
    if (document.mainMessage.trim()) return
    yield {
      pointer: '/mainMessage',
      reason: 'There is no main message. Many readers take away one thing only.',
      fix: 'Write the one thing to remember as a plain sentence.',
    }
  },
}

export const audienceMissing: ArticleRule = {
  id: 'audience-missing',
  severity: 'advise',
  waivable: false,
  *find({ document }) {
    if (document.audiences.length > 0) return
    yield {
      pointer: '/audiences',
      reason: 'It is not said whom this is for, so it is taken to be for patients.',
      fix: 'Choose at least one audience.',
    }
  },
}

export const topicMissing: ArticleRule = {
  id: 'topic-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.topics.length > 0) return
    yield {
      pointer: '/topics',
      reason: 'No topic is set, so readers cannot find the article, and it counts as being about an acute risk.',
      fix: 'Choose at least one topic.',
    }
  },
}

export const sourcesMissing: ArticleRule = {
  id: 'sources-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.sources.length > 0) return
    yield {
      pointer: '/sources',
      reason: 'No source is given, so nobody can tell what the guidance rests on.',
      fix: 'Add at least one source, with its address and the day you read it.',
    }
  },
}

export const urgentHelpMissing: ArticleRule = {
  id: 'urgent-help-missing',
  severity: 'block',
  waivable: false,
  *find({ document, records, survey }) {
    if (survey.shown.some(({ node }) => node.type === 'urgent-help')) return
    const acute = document.topics.find((uid) => records.topics[uid]?.acuteRisk !== false)
    if (document.topics.length > 0 && !acute) return
    const name = acute && records.topics[acute]?.name
    yield {
      pointer: '/body',
      reason: name
        ? `Readers of guidance on “${name}” may be in danger, and this does not tell them whom to call.`
        : 'Without a known topic this counts as guidance for people in danger, and it does not tell them whom to call.',
      fix: 'Add the block “urgent help” near the top, with the danger signs and at least one helpline.',
    }
  },
}

export const resourceClosed: Rule = {
  id: 'resource-closed',
  severity: 'block',
  waivable: false,
  *find({ survey, records, today }) {
    for (const { kind, uid, pointer } of survey.uses) {
      const resource = kind === 'resources' ? records.resources[uid] : undefined
      if (!resource || trustOf(resource, today) !== 'closed') continue
      // What replaces it is among the uses too.
      if (standIn(records.resources, uid) !== resource) continue
      yield {
        pointer,
        reason: `“${resource.name}” is ${resource.status}, so readers would be sent to a closed door.`,
        fix: 'Remove it or choose another resource; if it is open again, set its status to active first.',
      }
    }
  },
}

export const subjectMissing: IssueRule = {
  id: 'subject-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.subject.trim()) return
    yield {
      pointer: '/subject',
      reason: 'The issue has no subject, and mail programs would show an empty line.',
      fix: 'Write a subject that names no illness.',
    }
  },
}

export const issueEmpty: IssueRule = {
  id: 'issue-empty',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.items.length > 0) return
    yield { pointer: '/items', reason: 'The issue holds nothing.', fix: 'Add an article, a resource or a text.' }
  },
}
