import { Locale } from 'content-schemas'
import type { UIFieldServerProps } from 'payload'
import { templatesIn } from '../../writing/templates.ts'
import { TemplatesForEmpty } from './StartFromTemplate.tsx'

/** Offers the templates of the language at the head of an article that is still empty. */
export const Templates = async ({ data }: UIFieldServerProps) => {
  const { data: locale } = Locale.safeParse(data?.locale)
  if (!locale) return null
  return <TemplatesForEmpty locale={locale} templates={await templatesIn(locale)} />
}
