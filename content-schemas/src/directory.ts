import { z } from 'zod'
import { ShownResource } from './article.ts'
import { Day, Locale, Slug, Uid, WebAddress } from './common.ts'
import { CostOption, OpeningHours, ServedPlace } from './records.ts'

/*
 * Resources for directories: `/v1/<locale>/resources.json` and `/v1/<locale>/resources/<uid>.json` in the words of Open
 * Referral's Human Services Data Specification 3.0 (https://docs.openreferral.org/en/3.0/). A service has the uid of its
 * resource; what belongs to it has a uuid v5 made from that, so that it stays for as long as the resource has it.
 */

const id = (what: string) => z.uuid().describe(`Identity of ${what}; it stays.`)
const serviceId = z.uuid().describe('The service it belongs to.')

const HsdsLanguage = z
  .strictObject({
    id: id('the language of this service or phone'),
    service_id: serviceId.optional(),
    phone_id: z.uuid().optional().describe('The phone it belongs to.'),
    name: z.string().describe('Name, in the language of the file.'),
    code: z.string().describe('BCP 47 tag; for most languages that is the ISO 639-1 code HSDS asks for.'),
  })
  .describe('HSDS `language`.')

const HsdsPhone = z
  .strictObject({
    id: id('the phone, by its number and type'),
    service_id: serviceId,
    number: z.string().describe('As people dial it.'),
    extension: z.int().min(1).optional().describe('Extension, where it is a number.'),
    type: z.enum(['voice', 'text', 'textphone', 'fax']).describe('What answers.'),
    description: z.string().optional().describe('What to say or press, extension that is no number, hours.'),
    languages: z.array(HsdsLanguage).optional().describe('Languages spoken.'),
  })
  .describe('HSDS `phone`.')

const HsdsSchedule = z
  .strictObject({
    id: id('the schedule'),
    service_id: serviceId,
    description: z.string().describe('When it is open, in words.'),
    freq: z.literal('WEEKLY').optional().describe('The times are those of every week.'),
    byday: z.string().optional().describe('Days of the week, separated by commas, such as `MO,TU`.'),
    opens_at: z
      .string()
      .optional()
      .describe(
        'When it opens, `HH:MM` by the clock of `_signpost.opening_hours.timezone`. HSDS asks for an offset from UTC, which daylight saving would make wrong for half of the year.',
      ),
    closes_at: z
      .string()
      .optional()
      .describe('When it closes, likewise; when it is not later than `opens_at`, on the day after.'),
  })
  .describe('HSDS `schedule`.')

const HsdsServiceArea = z
  .strictObject({
    id: id('the service area'),
    service_id: serviceId,
    name: z.string().describe('Whom it serves by place.'),
  })
  .describe('HSDS `service_area`.')

const HsdsCostOption = z
  .strictObject({
    id: id('the way to pay'),
    service_id: serviceId,
    option: z.string().describe('What it costs, in words.'),
    amount: z.literal(0).optional().describe('Nothing, where it is free.'),
  })
  .describe('HSDS `cost_option`.')

const HsdsServiceAtLocation = z
  .strictObject({
    id: id('the service at this place'),
    service_id: serviceId,
    location: z
      .strictObject({
        id: id('the place'),
        location_type: z.literal('physical').describe('A place one can go to.'),
        description: z.string().describe('The address, one line.'),
      })
      .describe('HSDS `location`.'),
  })
  .describe('HSDS `service_at_location`.')

const HsdsOrganization = z
  .strictObject({
    id: id('the organisation behind this service'),
    name: z.string().describe('Name.'),
    description: z.string().describe('HSDS asks for one; where nothing but the name is known, it is the name.'),
  })
  .describe('HSDS `organization`.')

/** `/v1/<locale>/resources/<uid>.json` */
export const ServiceJson = z
  .strictObject({
    id: Uid,
    name: z.string().describe('Name people know it by.'),
    description: z.string().describe('What it does.'),
    url: WebAddress.optional().describe('Its website.'),
    email: z.email().optional().describe('Its public e-mail address.'),
    status: ShownResource.shape.status,
    alert: z.string().optional().describe('Something to know before calling, shown first.'),
    application_process: z.string().optional().describe('How to be taken on.'),
    fees_description: z.string().optional().describe('What it costs.'),
    eligibility_description: z.string().optional().describe('Who may use it.'),
    minimum_age: z.int().optional().describe('Years.'),
    maximum_age: z.int().optional().describe('Years.'),
    assured_date: Day.optional().describe('The day somebody last confirmed that all of this is true.'),
    organization: HsdsOrganization.optional(),
    phones: z.array(HsdsPhone).describe('Numbers, the one to call first at the start.'),
    schedules: z.array(HsdsSchedule).describe('When it is open.'),
    service_areas: z.array(HsdsServiceArea).describe('Whom it serves by place.'),
    cost_options: z.array(HsdsCostOption).optional().describe('Ways to pay.'),
    service_at_locations: z.array(HsdsServiceAtLocation).describe('Where it is.'),
    languages: z.array(HsdsLanguage).describe('Languages it speaks.'),
    _signpost: z
      .strictObject({
        about: WebAddress.describe('Where this extension is explained.'),
        locale: Locale,
        slug: Slug,
        kind: ShownResource.shape.kind,
        trust: ShownResource.shape.trust,
        notice: ShownResource.shape.notice,
        verify_every_days: ShownResource.shape.verifyEveryDays,
        text: z.string().optional().describe('How to reach it by text message.'),
        chat: WebAddress.optional().describe('Address of its chat.'),
        opening_hours: OpeningHours.optional(),
        places: z.array(ServedPlace).optional().describe('Places it serves, of which `service_areas` has the names.'),
        costs: z.array(CostOption).optional().describe('Ways to pay, of which `cost_options` has the words.'),
        replaced_by: Uid.optional().describe(
          'The service that articles show in the place of this one, which is closed.',
        ),
        json: WebAddress.describe('This file.'),
        sample: z.boolean().describe('Whether it is sample content.'),
      })
      .describe('What HSDS has no word for.'),
  })
  .describe('A resource as an HSDS 3.0 `service`.')
export type ServiceJson = z.infer<typeof ServiceJson>

/** `/v1/<locale>/resources.json` */
export const ServicesJson = z
  .strictObject({
    total_items: z.int().min(0).describe('Number of services.'),
    total_pages: z.literal(1).describe('All of them stand on one page.'),
    page_number: z.literal(1).describe('This page.'),
    size: z.int().min(0).describe('Number of services on this page.'),
    first_page: z.literal(true).describe('This is the first page.'),
    last_page: z.literal(true).describe('And the last.'),
    empty: z.boolean().describe('Whether there is none.'),
    contents: z.array(ServiceJson).describe('Resources that are open, by name.'),
  })
  .describe('The resources that published articles in one language show, as a page of HSDS 3.0 services.')
export type ServicesJson = z.infer<typeof ServicesJson>
