import type { ServerProps } from 'payload'
import { environment } from '../environment.ts'

/** What one does here, in the order one does it. */
export const Welcome = ({ payload, user }: ServerProps) => (
  <section className="signpost-welcome">
    <h2>Welcome{user?.name ? `, ${user.name}` : ''}</h2>
    <p>
      Write an <a href={`${payload.config.routes.admin}/collections/articles`}>article</a> and choose whom it is for and
      what it is about. Name its sources under “Evidence and review”, and submit it to a clinician at the side. Once it
      is approved as it stands, publish: within a second it is on <a href={environment().siteUrl}>the site</a>, in the
      feed, as an e-mail and as a handout to print.
    </p>
    <p>
      Helplines, services and groups are kept once, under{' '}
      <a href={`${payload.config.routes.admin}/collections/resources`}>Resources</a>: a number changed there changes
      wherever it is shown.
    </p>
  </section>
)
