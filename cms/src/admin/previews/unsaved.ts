/*
 * Between windows of one browser: whether the form of an article holds what is not saved, told by the form to the
 * previews that are open beside it.
 */

type News = 'saved' | 'unsaved' | 'asked'

const channelOf = (article: string) => new BroadcastChannel(`signpost-form ${article}`)

/** Tells whether the form has what is not saved, to whoever listens now or asks later. Returns what ends it. */
export function tellUnsaved(article: string, isUnsaved: boolean): () => void {
  const channel = channelOf(article)
  const tell = (news: News) => channel.postMessage(news)
  const now = () => tell(isUnsaved ? 'unsaved' : 'saved')
  // With the window goes what was not saved in it.
  const leave = () => tell('saved')
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data === 'asked') now()
  }
  window.addEventListener('pagehide', leave)
  now()
  return () => {
    window.removeEventListener('pagehide', leave)
    if (isUnsaved) leave()
    channel.close()
  }
}

/** Calls with whether a form of this browser has what is not saved, each time that is told. Returns what ends it. */
export function listenUnsaved(article: string, listen: (isUnsaved: boolean) => void): () => void {
  const channel = channelOf(article)
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data !== 'asked') listen(data === 'unsaved')
  }
  channel.postMessage('asked' satisfies News)
  return () => channel.close()
}
