'use client'
import { Button, toast } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import type { ReadLink } from '../../endpoints/readComments.ts'
import { Labelled } from '../Labelled.tsx'
import type { CommentsInHand } from './useComments.ts'

const usualDays = 14
const mostDays = 60

/** Links by which somebody without a sign-in reads this text and comments on it: those there are, and a new one. */
export const OutsideLinks = ({ comments: hand }: { comments: CommentsInHand }) => {
  const [isOpen, setOpen] = useState(false)
  const [address, setAddress] = useState<string>()
  if (!hand.answer?.may.link) return null
  const { links } = hand.answer
  return (
    <section aria-labelledby="outside-links" className="signpost-outside">
      <h2 id="outside-links">Readers outside</h2>
      <p>
        A link shows the text as it is now, in all its forms, to somebody without a sign-in, who can comment on it. It
        shows nothing else.
      </p>
      {links.length > 0 && (
        <ul className="signpost-list">
          {links.map((link) => (
            <Link hand={hand} key={link.id} link={link} />
          ))}
        </ul>
      )}
      {address !== undefined && <Address address={address} />}
      <Button
        buttonStyle="secondary"
        extraButtonProps={{ 'aria-expanded': isOpen }}
        margin={false}
        onClick={() => setOpen(!isOpen)}
        size="small"
      >
        Make a link
      </Button>
      {isOpen && (
        <Making
          hand={hand}
          onMade={(made) => {
            setAddress(made)
            setOpen(false)
          }}
        />
      )}
    </section>
  )
}

const day = (at: string): string => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(at))
const said = { 'no-concerns': 'read it: no concerns', concerns: 'read it: has concerns' } as const

const Link = ({ hand, link }: { hand: CommentsInHand; link: ReadLink }) => (
  <li>
    {link.clinician}, {link.isOpen ? `until ${day(link.expiresAt)}` : 'no longer open'}
    {link.isEarlier && ', an earlier text'}, {link.lastUsedAt ? `last used ${day(link.lastUsedAt)}` : 'never used'}
    {link.verdict && <strong>, {said[link.verdict]}</strong>}
    {link.isOpen && (
      <>
        {' '}
        <Button
          aria-label={`Take back the link of ${link.clinician}`}
          buttonStyle="none"
          className="signpost-link"
          disabled={hand.isActing}
          onClick={() => void hand.act('unlink', { link: link.id })}
        >
          Take back
        </Button>
      </>
    )}
  </li>
)

/** A link that was just made, shown this once. */
const Address = ({ address }: { address: string }) => {
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    field.current?.select()
    await navigator.clipboard.writeText(address).then(
      () => toast.success('The link is copied.'),
      // Pages that are not served over https may not write there.
      () => toast.error('It could not be copied. It is selected: copy it yourself.'),
    )
  }
  return (
    <div className="signpost-state__form" role="status">
      <Labelled label="The link. It is shown this once: copy it now.">
        {(id) => <input className="signpost-input" id={id} readOnly ref={field} value={address} />}
      </Labelled>
      <div className="signpost-state__acts">
        <Button margin={false} onClick={copy} size="small">
          Copy
        </Button>
      </div>
    </div>
  )
}

const Making = ({ hand, onMade }: { hand: CommentsInHand; onMade(address: string): void }) => {
  const fields = useRef<HTMLDivElement>(null)
  const make = async () => {
    const inputs = [...(fields.current?.querySelectorAll<HTMLInputElement>('input') ?? [])]
    if (!inputs.every((input) => input.reportValidity())) return
    const { clinician, days, mail } = Object.fromEntries(inputs.map(({ name, value }) => [name, value.trim()]))
    const done = await hand.act('link', { clinician, days: Number(days), ...(mail && { mail }) })
    if (typeof done === 'object') onMade(String(done.address))
  }
  return (
    <div className="signpost-state__form" ref={fields}>
      <Labelled label="Who is to read it">
        {(id) => <input className="signpost-input" id={id} maxLength={200} name="clinician" required />}
      </Labelled>
      <Labelled label="Days it holds">
        {(id) => (
          <input
            className="signpost-input"
            defaultValue={usualDays}
            id={id}
            max={mostDays}
            min={1}
            name="days"
            required
            type="number"
          />
        )}
      </Labelled>
      <Labelled label="Mail it to (optional; the address is not kept)">
        {(id) => <input className="signpost-input" id={id} name="mail" type="email" />}
      </Labelled>
      <div className="signpost-state__acts">
        <Button disabled={hand.isActing} margin={false} onClick={make} size="small">
          Make the link
        </Button>
      </div>
    </div>
  )
}
