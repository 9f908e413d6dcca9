/*
 * "Exit this page", after the pattern of GOV.UK's design system: the page is hidden at once, the next page takes its place
 * in the history of this tab, and Shift pressed three times within five seconds does the same as the link.
 */
const link = document.querySelector<HTMLAnchorElement>('.exit a')
const presses: number[] = []
const limit = 5000

function leave(event?: Event): void {
  if (!link) return
  event?.preventDefault()
  document.body.hidden = true
  document.title = '…'
  location.replace(link.href)
}

link?.addEventListener('click', leave)
addEventListener('keyup', (event) => {
  if (event.key !== 'Shift') presses.length = 0
  else if (presses.push(event.timeStamp) >= 3 && event.timeStamp - presses.splice(0, 1)[0]! < limit) leave()
})
// A page brought back from memory must not stay hidden.
addEventListener('pageshow', () => {
  document.body.hidden = false
})
for (const hint of document.querySelectorAll<HTMLElement>('.exit-keys')) hint.hidden = false
