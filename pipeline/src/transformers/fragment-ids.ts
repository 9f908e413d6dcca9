/*
 * Fragments carry a prefix of their own: an author's heading must not be able to take the name of something the
 * page's scripts or forms look up (DOM clobbering).
 */
const prefix = 's-'
const longest = 60

/** Gives out the fragments of one page: readable, safe as an attribute, each once. Letters of every script stay as they are. */
export class FragmentIds {
  private readonly given = new Set<string>()

  next(title: string): string {
    const base = prefix + (slugOf(title) || 'section')
    let id = base
    for (let count = 2; this.given.has(id); count++) id = `${base}-${count}`
    this.given.add(id)
    return id
  }
}

function slugOf(title: string): string {
  const slug = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  // By code points, so that no letter is cut in half.
  return slug.length <= longest ? slug : [...slug].slice(0, longest).join('').replace(/-$/, '')
}
