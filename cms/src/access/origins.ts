import { environment } from '../environment.ts'

/** Origins whose pages may use a session: the site's own, and the other names of this machine where it is served there. */
export function signInOrigins(): string[] {
  const { port, siteUrl } = environment()
  const { hostname, origin } = new URL(siteUrl)
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) return [origin]
  return [...new Set([origin, ...['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`)])]
}
