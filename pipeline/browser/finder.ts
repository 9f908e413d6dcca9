import type { OpeningHours } from 'content-schemas'
import { fold } from '../src/word-forms.ts'
import { isOpenAt } from './opening.ts'

/*
 * The filters of the resource finder. All resources stand in the page; choosing hides what does not fit. Nothing is sent
 * or remembered, and the address stays the same, so that it tells nobody what was looked for.
 */
const form = document.querySelector<HTMLFormElement>('form.finder')
if (form) start(form)

type Item = { element: HTMLElement; words: string; hours: OpeningHours | undefined; isOpen: boolean | undefined }

function start(form: HTMLFormElement): void {
  const items = [...document.querySelectorAll<HTMLElement>('.finder-list > li')].map(
    (element): Item => ({
      element,
      words: fold(element.textContent ?? ''),
      hours: element.dataset.hours ? (JSON.parse(element.dataset.hours) as OpeningHours) : undefined,
      isOpen: undefined,
    }),
  )
  const [status, nothing, untold] = ['.finder-status', '.finder-nothing', '.finder-untold'].map((name) =>
    document.querySelector<HTMLElement>(name),
  )

  const show = (): void => {
    const now = new Date()
    for (const item of items) tellWhetherOpen(item, now)
    const { open, ...chosen } = Object.fromEntries(new FormData(form)) as Record<string, string>
    const fitting = items.filter((item) => fits(item, chosen))
    const shown = open ? fitting.filter(({ isOpen }) => isOpen) : fitting
    for (const item of items) item.element.hidden = !shown.includes(item)
    const sentence = status?.dataset.sentence ?? ''
    if (status) status.textContent = sentence.replace('{shown}', `${shown.length}`).replace('{all}', `${items.length}`)
    if (nothing) nothing.hidden = shown.length > 0
    const count = open ? fitting.filter(({ isOpen }) => isOpen === undefined).length : 0
    if (!untold) return
    untold.hidden = count === 0
    untold.textContent = (untold.dataset.sentence ?? '').replace('{count}', `${count}`)
  }

  form.hidden = false
  // On a small screen helplines come first.
  const filters = form.querySelector('details')
  if (filters) filters.open = matchMedia('(min-width: 40rem)').matches
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', show)
  form.addEventListener('reset', () => setTimeout(show))
  // Browsers fill forms again when one comes back to a page.
  addEventListener('pageshow', show)
  setInterval(show, 60_000)
}

/** Sets whether something is open, and says so in its card where that can change. */
function tellWhetherOpen(item: Item, now: Date): void {
  item.isOpen = item.hours && isOpenAt(item.hours, now)
  const label = item.element.querySelector<HTMLElement>('.resource-open')
  if (!label || item.isOpen === undefined) return
  label.hidden = false
  label.classList.toggle('is-open', item.isOpen)
  label.textContent = (item.isOpen ? label.dataset.open : label.dataset.closed) ?? ''
}

function fits({ element, words }: Item, chosen: Record<string, string>): boolean {
  return Object.entries(chosen).every(([name, value]) => {
    if (value === '') return true
    if (name === 'words')
      return fold(value)
        .split(/\s+/)
        .every((word) => words.includes(word))
    const values = JSON.parse(element.dataset[name] ?? '[]') as string[]
    return values.some((own) => own === value || (name === 'place' && overlap(own, value)))
  })
}

/** Whether one of two places is the other's part, or the whole world, which is written as nothing. */
const overlap = (one: string, other: string): boolean =>
  one === '' || one.startsWith(`${other} / `) || other.startsWith(`${one} / `)
