import config from '@payload-config'
import { getPayload } from 'payload'
import { answerOutside } from '../../../../review/answer-outside.ts'

type Context = { params: Promise<{ token: string; form: string }> }

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  answerOutside(await getPayload({ config }), request, await params)
