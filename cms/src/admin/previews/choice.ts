/** Forms an article can be seen in, by the end of their address. */
export const forms = {
  page: { name: 'Web page', hasWidths: true },
  email: { name: 'E-mail', hasWidths: true },
  'email-text': { name: 'E-mail as text', hasWidths: false },
  'handout-pages': { name: 'Handout', hasWidths: false },
  json: { name: 'JSON', hasWidths: false },
} as const
export type Form = keyof typeof forms
export const formNames = Object.keys(forms) as Form[]

/** Screens by their width, CSS pixels. */
export const widths = { desktop: 1280, phone: 390 } as const
export type Width = keyof typeof widths
export const widthNames = Object.keys(widths) as Width[]

/** What somebody wants to see side by side: at least one of each, in the order of the lists. */
export type Choice = { forms: Form[]; widths: Width[] }

const usual: Choice = { forms: ['page'], widths: ['desktop'] }

/** A choice as it was kept, without what there is no more. */
export function choiceIn(kept: unknown): Choice {
  const { forms, widths } = (kept ?? {}) as { forms?: unknown; widths?: unknown }
  return { forms: known(formNames, forms, usual.forms), widths: known(widthNames, widths, usual.widths) }
}

function known<T extends string>(names: readonly T[], kept: unknown, otherwise: T[]): T[] {
  const found = Array.isArray(kept) ? names.filter((name) => kept.includes(name)) : []
  return found.length > 0 ? found : otherwise
}

/** A list with a name put in or taken out, in the order of all; the last one stays. */
export function toggled<T extends string>(names: readonly T[], chosen: readonly T[], name: T): T[] {
  const next = names.filter((each) => (each === name ? !chosen.includes(each) : chosen.includes(each)))
  return next.length > 0 ? next : [...chosen]
}

/** A frame: of a form, on a screen of some width where that matters. */
export type Pane = { form: Form; width?: Width }

/** The frames that show what is chosen. */
export const panesOf = ({ forms: chosen, widths }: Choice): Pane[] =>
  chosen.flatMap((form): Pane[] => (forms[form].hasWidths ? widths.map((width) => ({ form, width })) : [{ form }]))
