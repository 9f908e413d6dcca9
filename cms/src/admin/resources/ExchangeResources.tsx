'use client'
import { Button, toast, useConfig, useLocale } from '@payloadcms/ui'
import { type ChangeEvent, useState } from 'react'
import type { ExchangedResource, ImportReport } from '../../publishing/exchange/resources.ts'
import { Labelled } from '../Labelled.tsx'
import { post } from '../post.ts'

type Chosen = { name: string; text: string; format: 'csv' | 'hsds' }

/** Files of directories and spreadsheets, out and in: what a file would change is told before anything is. */
export const ExchangeResources = ({ canImport }: { canImport: boolean }) => {
  const { config } = useConfig()
  const { code: locale } = useLocale()
  const [chosen, setChosen] = useState<Chosen>()
  const [report, setReport] = useState<ImportReport>()
  const address = (format: string) => `${config.routes.api}/resources/exchange?format=${format}&locale=${locale}`
  const send = async (file: Chosen, isDryRun: boolean) => {
    const said = await post<ImportReport>(
      `${address(file.format)}&dryRun=${isDryRun}`,
      file.text,
      'The file could not be taken. Try again.',
    )
    if (said.refused !== undefined) return void toast.error(said.refused)
    setReport(said.done)
    if (said.done.isWritten) toast.success('The file has been taken in.')
  }
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    const format = file.name.toLowerCase().endsWith('.csv') ? 'csv' : 'hsds'
    const given: Chosen = { name: file.name, text: await file.text(), format }
    setChosen(given)
    setReport(undefined)
    await send(given, true)
  }
  return (
    <details>
      <summary>Export and import</summary>
      <p>
        All of them, in the language the library is shown in: <a href={address('csv')}>for a spreadsheet (CSV)</a>
        {' · '}
        <a href={address('hsds')}>for a directory (HSDS 3.0 JSON)</a>
      </p>
      {canImport && (
        <Labelled label="Take in a file: .csv, or .json of HSDS">
          {(id) => <input accept=".csv,.json" id={id} onChange={choose} type="file" />}
        </Labelled>
      )}
      {report && <Report report={report} />}
      {chosen && report && !report.isWritten && isReady(report) && (
        <Button buttonStyle="primary" onClick={() => send(chosen, false)} size="small">
          Take in {chosen.name}
        </Button>
      )}
    </details>
  )
}

const isReady = ({ resources }: ImportReport): boolean =>
  resources.some(({ outcome }) => outcome === 'new' || outcome === 'changed') &&
  resources.every(({ outcome }) => outcome !== 'invalid')

/** How many are named; the counts tell of all. */
const most = 50

const Report = ({ report: { isWritten, resources, ignored } }: { report: ImportReport }) => {
  const count = (outcome: ExchangedResource['outcome']) => resources.filter((one) => one.outcome === outcome).length
  const said = resources.filter(({ outcome }) => outcome !== 'unchanged')
  return (
    <div role="status">
      <p>
        {isWritten ? 'Taken in: ' : 'This file holds: '}
        {count('new')} new, {count('changed')} changed, {count('unchanged')} unchanged, {count('invalid')} that cannot
        be taken.
        {count('invalid') > 0 && ' Nothing is written until they are corrected.'}
      </p>
      {ignored.length > 0 && <p>Not read, as no resource has it: {ignored.join(', ')}.</p>}
      <ul className="signpost-list">
        {said.slice(0, most).map(({ place, uid, name, outcome, differences, reasons }) => (
          <li key={place}>
            <bdi>{name || uid}</bdi> ({place}): {outcome}
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
              {outcome === 'changed' &&
                differences.map(({ field, before, after }) => (
                  <li key={field}>
                    {field}: <bdi>{say(before)}</bdi> → <bdi>{say(after)}</bdi>
                  </li>
                ))}
            </ul>
          </li>
        ))}
        {said.length > most && <li>and {said.length - most} more</li>}
      </ul>
    </div>
  )
}

const say = (value: unknown): string => {
  if (value === null) return 'nothing'
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
}
