/*
 * The filters of the resource finder. All resources stand in the page; choosing hides what does not fit. Nothing is sent
 * or remembered, and the address stays the same, so that it tells nobody what was looked for.
 */
const form = document.querySelector<HTMLFormElement>('form.finder')
if (form) start(form)

function start(form: HTMLFormElement): void {
  const items = [...document.querySelectorAll<HTMLElement>('.finder-list > li')].map((element) => ({
    element,
    words: normal(element.textContent),
  }))
  const [status, nothing] = ['.finder-status', '.finder-nothing'].map((name) =>
    document.querySelector<HTMLElement>(name),
  )

  const show = (): void => {
    const chosen = [...new FormData(form)].flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]]))
    let shown = 0
    for (const { element, words } of items) {
      const fits = chosen.every(([name = '', value = '']) =>
        name === 'words'
          ? normal(value)
              .split(/\s+/)
              .every((word) => words.includes(word))
          : (JSON.parse(element.dataset[name] ?? '[]') as string[]).includes(value),
      )
      element.hidden = !fits
      if (fits) shown += 1
    }
    const sentence = status?.dataset.sentence ?? ''
    if (status) status.textContent = sentence.replace('{shown}', `${shown}`).replace('{all}', `${items.length}`)
    if (nothing) nothing.hidden = shown > 0
  }

  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', show)
  form.addEventListener('reset', () => setTimeout(show))
  // Browsers fill forms again when one comes back to a page.
  addEventListener('pageshow', show)
}

/** Without case and accents, so that "telefono" finds "teléfono". */
function normal(text: string | null): string {
  return (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
