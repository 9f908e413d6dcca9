/** The sign of Signpost: two boards on a post. */
export const Icon = () => (
  <svg
    aria-hidden="true"
    fill="currentColor"
    height="28"
    viewBox="0 0 32 32"
    width="28"
    xmlns="http://www.w3.org/2000/svg"
  >
    <path d="M15 2h2v28h-2z" />
    <path d="M5 6h19l4 3.5-4 3.5H5z" />
    <path d="M27 16H8l-4 3.5L8 23h19z" />
  </svg>
)

export const Logo = () => (
  <span style={{ display: 'inline-flex', alignItems: 'center', gap: 12, fontSize: 32, fontWeight: 600 }}>
    <Icon />
    Signpost
  </span>
)
