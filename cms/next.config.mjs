import path from 'node:path'
import { withPayload } from '@payloadcms/next/withPayload'

/** @type {import('next').NextConfig} */
const config = {
  // Workspaces export their TypeScript sources; they are compiled with the app.
  transpilePackages: ['content-schemas', 'pipeline'],
  turbopack: { root: path.resolve(import.meta.dirname, '..') },
  poweredByHeader: false,
  // `npm run types` checks types, once for all workspaces.
  typescript: { ignoreBuildErrors: true },
  headers: () => [
    {
      // What a link for a reviewer outside opens has stricter ones of its own; see `review/answer-outside.ts`.
      source: '/((?!review/).*)',
      headers: [
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
        { key: 'X-Robots-Tag', value: 'noindex' },
      ],
    },
  ],
}

export default withPayload(config)
