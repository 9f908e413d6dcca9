import { workerPresence } from './station.ts'

/** Says on every page that nothing is published while no worker is there. */
export const WorkerMissing = async () => {
  const presence = await workerPresence()
  if (!presence?.isMissing) return null
  return (
    <p className="signpost-warning" role="alert">
      Nothing is published just now: the worker was last seen at{' '}
      {presence.seen.toISOString().slice(0, 16).replace('T', ' ')} UTC. What you save is kept. Tell who runs Signpost.
    </p>
  )
}
