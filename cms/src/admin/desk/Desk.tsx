import type { ServerProps } from 'payload'
import { environment } from '../../environment.ts'
import { type Pile, pilesFor } from './desk.ts'
import { servedRelease, workerPresence } from './station.ts'

/** What waits for who is signed in, each entry a link, and whether all is at work. */
export const Desk = async ({ payload, user }: ServerProps) => {
  if (!user) return null
  const { admin } = payload.config.routes
  const piles = await pilesFor(payload, user)
  return (
    <div className="signpost-desk">
      <h1>Welcome{user.name ? `, ${user.name}` : ''}</h1>
      {piles.length > 0 ? (
        <div className="signpost-desk__piles">
          {piles.map((pile) => (
            <PileOf admin={admin} key={pile.name} pile={pile} />
          ))}
        </div>
      ) : null}
      <Station />
      <HowItWorks admin={admin} />
    </div>
  )
}

const PileOf = ({ admin, pile }: { admin: string; pile: Pile }) => {
  const { name, title, none, collection, count, entries, query, lists = [] } = pile
  const list = (of = collection) => `${admin}/collections/${of}`
  return (
    <section aria-labelledby={`desk-${name}`} className="signpost-desk__pile" data-pile={name}>
      <h2 id={`desk-${name}`}>
        {title}
        {count > 0 ? `: ${count}` : ''}
      </h2>
      {count === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="signpost-list">
          {entries.map(({ id, title, detail, collection, locale }) => (
            <li key={id}>
              <a href={`${list(collection)}/${id}${locale ? `?locale=${locale}` : ''}`}>{title}</a>, {detail}
            </li>
          ))}
        </ul>
      )}
      {lists.length === 0 && count > entries.length ? (
        <p>
          <a href={`${list()}?${query}`}>All {count}</a>
        </p>
      ) : null}
      {lists.length > 0 ? (
        <ul className="signpost-desk__lists">
          {lists.map(({ name, collection, count, query }) => (
            <li key={collection}>
              <a href={`${list(collection)}?${query}`}>
                {name}: {count}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

/** Whether what is published gets out. */
const Station = async () => {
  const [presence, served] = await Promise.all([workerPresence(), servedRelease()])
  const worker = presence ? `last seen ${minute(presence.seen)}` : 'not seen yet'
  return (
    <p className="signpost-desk__station">
      Worker: {worker}. Readers get <a href={environment().siteUrl}>the site</a>
      {served ? ` as of release ${served.release}, made ${minute(new Date(served.at))}` : ''}.
    </p>
  )
}

const minute = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const HowItWorks = ({ admin }: { admin: string }) => (
  <details className="signpost-desk__help">
    <summary>How it works here</summary>
    <p>
      Write an <a href={`${admin}/collections/articles`}>article</a> and choose whom it is for and what it is about.
      Name its sources under “Evidence and review”, and submit it to a clinician at the side. Once it is approved as it
      stands, publish: within a second it is on the site, in the feed, as an e-mail and as a handout to print.
    </p>
    <p>
      Helplines, services and groups are kept once, under <a href={`${admin}/collections/resources`}>Resources</a>: a
      number changed there changes wherever it is shown.
    </p>
  </details>
)
