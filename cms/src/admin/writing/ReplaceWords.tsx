'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { type Locale, locales } from 'content-schemas'
import { useRef, useState } from 'react'
import type { ReplaceAnswer } from '../../endpoints/replaceInArticles.ts'
import type { FoundPlace, Holder } from '../../writing/replace.ts'
import { Labelled } from '../Labelled.tsx'
import { post } from '../post.ts'

/** Finds words in all articles, shared passages and calls to action, shows where, and replaces them in drafts. */
export const ReplaceWords = ({ names }: { names: Record<Locale, string> }) => {
  const { config } = useConfig()
  const form = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const [holders, setHolders] = useState<Holder[]>()
  const changeable = holders?.filter(({ outcome }) => outcome === 'found') ?? []
  const send = async (chosen?: Holder[]) => {
    const inputs = [...(form.current?.querySelectorAll<HTMLInputElement>('[name]') ?? [])]
    if (!inputs.every((input) => input.reportValidity())) return
    const answers = Object.fromEntries(
      inputs.map(({ name, type, checked, value }) => [name, type === 'checkbox' ? checked : value]),
    )
    setWaiting(true)
    const said = await post<ReplaceAnswer>(
      `${config.routes.api}/articles/replace`,
      { ...answers, ...(chosen && { chosen }) },
      'This could not be done. Try again.',
    )
    if (said.refused === undefined) setHolders(said.done.holders)
    else toast.error(said.refused)
    setWaiting(false)
  }
  const forget = () => setHolders(undefined)
  return (
    <div className="signpost-import">
      <Button
        buttonStyle="none"
        className="signpost-link"
        extraButtonProps={{ 'aria-expanded': isOpen }}
        onClick={() => setOpen(!isOpen)}
      >
        Find and replace words
      </Button>
      {isOpen && (
        <div className="signpost-import__form" onChange={forget} ref={form}>
          <Labelled label="Find">
            {(id) => <input className="signpost-input" dir="auto" id={id} maxLength={200} name="find" required />}
          </Labelled>
          <Labelled label="Put in its place">
            {(id) => <input className="signpost-input" dir="auto" id={id} maxLength={200} name="replace" />}
          </Labelled>
          <Labelled label="In">
            {(id) => (
              <select className="signpost-input" id={id} name="locale">
                {locales.map((locale) => (
                  <option key={locale} value={locale}>
                    {names[locale]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <label>
            <input defaultChecked name="wholeWords" type="checkbox" /> Whole words only
          </label>
          <label>
            <input name="matchCase" type="checkbox" /> Only with the same capitals
          </label>
          <div className="signpost-state__acts">
            <Button disabled={isWaiting} margin={false} onClick={() => send()} size="small">
              Show where
            </Button>
            {changeable.length > 0 && (
              <Button
                buttonStyle="secondary"
                disabled={isWaiting}
                margin={false}
                onClick={() =>
                  send(changeable.map(({ collection, id, revision }) => ({ collection, id, revision })) as Holder[])
                }
                size="small"
              >
                Replace in {changeable.length === 1 ? 'one draft' : `${changeable.length} drafts`}
              </Button>
            )}
          </div>
          <div role="status">
            {isWaiting && <p>One moment.</p>}
            {holders && <Report admin={config.routes.admin} holders={holders} />}
          </div>
        </div>
      )}
    </div>
  )
}

const outcomes = { found: 'would get a newer draft', changed: 'has a newer draft', kept: 'stays as it is' } as const

const Report = ({ holders, admin }: { holders: Holder[]; admin: string }) => (
  <ul className="signpost-list">
    {holders.length === 0 && <li>These words stand nowhere.</li>}
    {holders.map(({ collection, id, title, outcome, because, places, left }) => (
      <li key={id}>
        <a dir="auto" href={`${admin}/collections/${collection}/${id}`}>
          {title || 'Untitled'}
        </a>{' '}
        {outcomes[outcome]}
        {because && `. ${because}`}
        <ul className="signpost-list">
          {places.map((place) => (
            <InContext key={`${place.pointer} ${place.before} ${place.after}`} place={place} />
          ))}
          {left.map(({ place, because }) => (
            <InContext because={because} key={`left ${place.pointer} ${place.before} ${place.after}`} place={place} />
          ))}
        </ul>
      </li>
    ))}
  </ul>
)

const InContext = ({ place, because }: { place: FoundPlace; because?: string }) => (
  <li dir="auto">
    {place.before}
    <del>{place.words}</del> {!because && <ins>{place.replacement}</ins>}
    {place.after} {because}
  </li>
)
