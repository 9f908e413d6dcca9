import config from '@payload-config'
import { getPayload } from 'payload'
import { answerOutside } from '../../../review/answer-outside.ts'

type Context = { params: Promise<{ token: string }> }

const answer = async (request: Request, { params }: Context): Promise<Response> =>
  answerOutside(await getPayload({ config }), request, await params)

export const GET = answer
export const POST = answer
