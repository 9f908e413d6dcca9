import type { Locator } from 'playwright-core'
import { addRow, choose, choosePicture, editor, fill, write } from './admin.ts'

/** A block as an editor writes it, and the words of it that every channel has to carry. */
export type WrittenBlock = {
  slug: string
  /** What the menu calls it. */
  name: string
  fill(block: Locator): Promise<void>
  words: string[]
}

/** Every block there is, in the order they are written. Names of records are those of the sample. */
export const writtenBlocks: WrittenBlock[] = [
  {
    slug: 'urgent-help',
    name: 'Urgent help',
    fill: async (block) => {
      await fill(block, 'title', 'Call for help at once')
      await write(editor(block, 'content'), 'Someone who cannot be woken up needs an ambulance.')
      await choose(block, 'resources', '988 Suicide')
    },
    words: [
      'Call for help at once',
      'Someone who cannot be woken up needs an ambulance.',
      '988 Suicide & Crisis Lifeline',
    ],
  },
  {
    slug: 'callout',
    name: 'Callout',
    fill: async (block) => {
      await choose(block, 'variant', 'Warning')
      await fill(block, 'title', 'Your body has changed')
      await write(editor(block, 'content'), 'A dose you took before may be too much now.')
    },
    words: ['Your body has changed', 'A dose you took before may be too much now.'],
  },
  {
    slug: 'steps',
    name: 'Steps',
    fill: async (block) => {
      await fill(block, 'title', 'Your first week at home')
      await addRow(block, 'steps')
      await fill(block, 'steps.0.title', 'Tell one person')
      await fill(block, 'steps.0.time', 'On the first day')
      await write(editor(block, 'steps.0.content'), 'Choose someone who stays calm.')
      await addRow(block, 'steps')
      await fill(block, 'steps.1.title', 'Keep your appointment')
      await write(editor(block, 'steps.1.content'), 'Ask a friend to drive you there.')
    },
    words: [
      'Your first week at home',
      'Tell one person',
      'On the first day',
      'Choose someone who stays calm.',
      'Keep your appointment',
      'Ask a friend to drive you there.',
    ],
  },
  {
    slug: 'care-options',
    name: 'Care options',
    fill: async (block) => {
      await fill(block, 'title', 'Where care goes on')
      await addRow(block, 'options')
      await fill(block, 'options.0.title', 'A day clinic')
      await fill(block, 'options.0.whoFor', 'People who sleep at home')
      await write(editor(block, 'options.0.content'), 'You spend the day with a team and go home at night.')
      await addRow(block, 'options.0.questions')
      await fill(block, 'options.0.questions.0.text', 'How long may I stay?')
    },
    words: [
      'Where care goes on',
      'A day clinic',
      'People who sleep at home',
      'You spend the day with a team and go home at night.',
      'How long may I stay?',
    ],
  },
  {
    slug: 'checklist',
    name: 'Checklist',
    fill: async (block) => {
      await fill(block, 'title', 'Have these at home')
      await addRow(block, 'items')
      await fill(block, 'items.0.text', 'Water and plain food')
      await addRow(block, 'items')
      await fill(block, 'items.1.text', 'A charged telephone')
    },
    words: ['Have these at home', 'Water and plain food', 'A charged telephone'],
  },
  {
    slug: 'do-dont',
    name: 'Do and don’t',
    fill: async (block) => {
      await fill(block, 'title', 'How a family can help')
      await addRow(block, 'dos')
      await fill(block, 'dos.0.text', 'Listen before you give advice')
      await addRow(block, 'donts')
      await fill(block, 'donts.0.text', 'Count the days aloud')
    },
    words: ['How a family can help', 'Listen before you give advice', 'Count the days aloud'],
  },
  {
    slug: 'faq',
    name: 'Questions and answers',
    fill: async (block) => {
      await fill(block, 'title', 'What people ask')
      await addRow(block, 'questions')
      await fill(block, 'questions.0.title', 'When will I sleep again?')
      await write(editor(block, 'questions.0.content'), 'For most people sleep comes back within weeks.')
    },
    words: ['What people ask', 'When will I sleep again?', 'For most people sleep comes back within weeks.'],
  },
  {
    slug: 'figure',
    name: 'Picture',
    fill: async (block) => {
      await choosePicture(block, 'media', 'two-chairs.png')
      await fill(block, 'caption', 'A talk needs only two chairs')
    },
    words: ['A talk needs only two chairs'],
  },
  {
    slug: 'resources',
    name: 'Where to get help',
    fill: async (block) => {
      await fill(block, 'title', 'People who answer')
      await choose(block, 'resources', 'SAMHSA National Helpline')
      await choose(block, 'resources', 'Narcotics Anonymous')
    },
    words: ['People who answer', 'SAMHSA National Helpline', '1-800-662-4357', 'Narcotics Anonymous'],
  },
  {
    slug: 'call-to-action',
    name: 'Call to action',
    fill: (block) => choose(block, 'record', 'Have naloxone at hand'),
    words: ['Have naloxone at hand', 'Ask at a pharmacy or a local health department.', 'NEXT Distro'],
  },
  {
    slug: 'snippet',
    name: 'Shared passage',
    fill: (block) => choose(block, 'record', 'Lost tolerance'),
    words: ['After a break, your old dose can kill', 'An amount you once took may now stop your breathing.'],
  },
]
