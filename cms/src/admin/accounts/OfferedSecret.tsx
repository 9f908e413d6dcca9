import type { Offer } from '../../access/second-factor.ts'

/** What an app for codes has to be told: as a picture to scan, and as letters to type. */
export const OfferedSecret = ({ offer: { qr, secret } }: { offer: Offer }) => (
  <>
    <p>Scan this with an app for codes, or type the letters there. Then enter the code it shows.</p>
    {/* biome-ignore lint/performance/noImgElement: it comes with the page, there is nothing to make smaller. */}
    <img
      alt="QR code with the secret below"
      className="signpost-qr"
      src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`}
    />
    <p>
      <code className="signpost-secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
    </p>
  </>
)
