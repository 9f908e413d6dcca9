import path from 'node:path'
import { ar } from '@payloadcms/translations/languages/ar'
import { en } from '@payloadcms/translations/languages/en'
import { es } from '@payloadcms/translations/languages/es'
import { locales } from 'content-schemas'
import { buildConfig, type Config } from 'payload'
import sharp from 'sharp'
import { signInOrigins } from './access/origins.ts'
import { Articles } from './collections/Articles.ts'
import { Assurances } from './collections/Assurances.ts'
import { Audiences } from './collections/Audiences.ts'
import { Audit } from './collections/Audit.ts'
import { CallsToAction } from './collections/CallsToAction.ts'
import { Candidates } from './collections/Candidates.ts'
import { Comments } from './collections/Comments.ts'
import { Editions } from './collections/Editions.ts'
import { Feedback } from './collections/Feedback.ts'
import { Glossary } from './collections/Glossary.ts'
import { Issues } from './collections/Issues.ts'
import { Media } from './collections/Media.ts'
import { Newsletters } from './collections/Newsletters.ts'
import { People } from './collections/People.ts'
import { Resources } from './collections/Resources.ts'
import { RetiredSources } from './collections/RetiredSources.ts'
import { ReviewLinks } from './collections/ReviewLinks.ts'
import { Schedules } from './collections/Schedules.ts'
import { SecondFactors } from './collections/SecondFactors.ts'
import { SignOffs } from './collections/SignOffs.ts'
import { Snippets } from './collections/Snippets.ts'
import { Strikes } from './collections/Strikes.ts'
import { Topics } from './collections/Topics.ts'
import { Users } from './collections/Users.ts'
import { Uses } from './collections/Uses.ts'
import { Waivers } from './collections/Waivers.ts'
import { WordingRules } from './collections/WordingRules.ts'
import { databaseFrom } from './database.ts'
import { systemMail } from './email.ts'
import { environment } from './environment.ts'
import { textEditor } from './fields/editors.ts'
import { localeNames } from './fields/identity.ts'
import { EditorialPolicy } from './globals/EditorialPolicy.ts'
import { Site } from './globals/Site.ts'
import { tellWhy } from './hooks/tellWhy.ts'
import { publishing } from './publishing/plugin.ts'

const { databaseUrl, payloadSecret } = environment()
const source = import.meta.dirname ?? path.resolve('src')

export default buildConfig({
  secret: payloadSecret,
  db: databaseFrom(databaseUrl),
  email: systemMail,
  editor: textEditor(),
  sharp,
  collections: [
    Articles,
    Schedules,
    Feedback,
    Strikes,
    Topics,
    Audiences,
    Resources,
    Snippets,
    CallsToAction,
    Glossary,
    Media,
    People,
    Issues,
    Newsletters,
    WordingRules,
    RetiredSources,
    Users,
    SecondFactors,
    Audit,
    Editions,
    Assurances,
    SignOffs,
    Candidates,
    Comments,
    ReviewLinks,
    Waivers,
    Uses,
  ],
  globals: [Site, EditorialPolicy],
  plugins: [publishing],
  hooks: { afterError: [tellWhy] },
  localization: {
    locales: locales.map((code) => ({ code, label: localeNames[code], rtl: code === 'ar' })),
    defaultLocale: 'en',
    fallback: true,
  },
  i18n: {
    supportedLanguages: { en, es, ar },
    fallbackLanguage: 'en',
    // The language in which records are shown and changed; an article has its own.
    translations: { en: { general: { locale: 'Library in' } } },
  },
  admin: {
    user: 'users',
    avatar: 'default',
    theme: 'all',
    // Long enough to read why a publication was refused, milliseconds.
    toast: { duration: 15_000 },
    dateFormat: 'd MMM yyyy, HH:mm',
    meta: {
      titleSuffix: ' · Signpost',
      icons: [{ rel: 'icon', type: 'image/svg+xml', url: '/admin-icon.svg' }],
    },
    components: {
      graphics: { Logo: '/admin/Logo.tsx#Logo', Icon: '/admin/Logo.tsx#Icon' },
      beforeDashboard: ['/admin/desk/Desk.tsx#Desk', '/admin/desk/Unconfirmed.tsx#Unconfirmed'],
      header: ['/admin/desk/WorkerMissing.tsx#WorkerMissing'],
      providers: ['/admin/NameWidgets.tsx#NameWidgets'],
      views: { login: { Component: '/admin/accounts/Login.tsx#Login' } },
    },
    importMap: { baseDir: source, importMapFile: path.join(source, 'app/(payload)/importMap.js') },
  },
  // Whoever may sign in does so from here. Readers are served from the release, never from here.
  csrf: signInOrigins(),
  cors: [],
  graphQL: { disable: true },
  // Everybody with a second factor is asked for it: nothing an operator has to see.
  loggingLevels: { SecondFactorError: false } as Config['loggingLevels'],
  telemetry: false,
  upload: { abortOnLimit: true, limits: { fileSize: 20 * 1024 * 1024 } },
  jobs: { access: { run: () => false, queue: () => false, cancel: () => false } },
  typescript: { outputFile: path.join(source, 'payload-types.ts') },
})
