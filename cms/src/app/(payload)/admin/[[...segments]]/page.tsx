import config from '@payload-config'
import { generatePageMetadata, RootPage } from '@payloadcms/next/views'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { importMap } from '../../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<Record<string, string | string[]>>
}

export async function generateMetadata({ params, searchParams }: Args): Promise<Metadata> {
  await refuseFirstUser(params)
  return generatePageMetadata({ config, params, searchParams })
}

export default async function AdminPage({ params, searchParams }: Args) {
  await refuseFirstUser(params)
  return RootPage({ config, importMap, params, searchParams })
}

/** The first administrator is made on the first start; Payload would let any visitor become it. */
async function refuseFirstUser(params: Args['params']): Promise<void> {
  if ((await params).segments?.[0] === 'create-first-user') notFound()
}
