import { changedReachIn } from 'cms/src/admin/resources/changed-reach.ts'
import { expect, test } from 'vitest'

/* What the form of a resource warns of before it is saved. */

const saved = {
  name: '988',
  phones: [
    { id: 'a', number: '988' },
    { id: 'b', number: '1-800-273-8255' },
  ],
  url: null,
}

test.each([
  ['another number', { phones: [{ number: '989' }, saved.phones[1]] }, [{ was: '988', is: '989' }]],
  ['a number less', { phones: [saved.phones[0]] }, [{ was: '1-800-273-8255', is: '' }]],
  ['a first website', { url: 'https://988.example.org' }, [{ was: '', is: 'https://988.example.org' }]],
  [
    'another name, a row made anew and an empty word',
    { name: 'Line', phones: [{ id: 'c', number: '988 ' }, saved.phones[1]], url: '' },
    [],
  ],
  ['text without a number before', { text: 'Text HI to 555 0180' }, [{ was: '', is: 'Text HI to 555 0180' }]],
])('%s', (_, form, changes) => {
  expect(changedReachIn(saved, { ...saved, ...form })).toEqual(changes)
})

test('what is not saved yet, or not read yet, breaks nothing', () => {
  expect(changedReachIn(undefined, undefined)).toEqual([])
})
