/*
 * Names for what Payload's own widgets leave without one, so that whoever hears the admin knows what has the focus. Each
 * entry is what breaks one of axe's rules, and what mends it. The browser test of the screens fails without them.
 */

type Mend = [selector: string, mend: (element: Element) => void]

const unnamed = ':not([aria-label]:not([aria-label=""]))'
const named = (name: string) => (element: Element) => element.setAttribute('aria-label', name)

/** The label of the field an element is in. */
const fieldOf = (element: Element): string =>
  element
    .closest('.field-type, .payload-settings > div, .per-page, .pill-selector')
    ?.querySelector('label, .field-label')?.textContent ?? 'Choose'

const nameByField = (element: Element) => element.setAttribute('aria-label', fieldOf(element).replace(/\s*\*$/, ''))
/** A button of a toolbar shows a picture of what it does, such as `bold`. */
const nameByKey = (element: Element) =>
  element.textContent?.trim() || named(element.getAttribute('data-button-key') ?? '')(element)
const outOfTheWay = (element: Element) => element.setAttribute('tabindex', '-1')
const asGroup = (element: Element) => element.setAttribute('role', 'group')

const mends: readonly Mend[] = [
  // label
  [`.rs__control input${unnamed}`, nameByField],
  [`.react-datepicker__input-container input${unnamed}`, nameByField],
  // Two blocks of a kind have fields of one id, and a label leads to the first.
  [`[class*="LexicalEditorTheme__block"] .field-type :is(input[type="text"], textarea)${unnamed}`, nameByField],
  [`#select-all${unnamed}`, named('Select all')],
  [`td .checkbox-input input${unnamed}`, named('Select')],
  // button-name, aria-command-name
  [`.clickable-arrow--left${unnamed}`, named('Previous')],
  [`.clickable-arrow--right${unnamed}`, named('Next')],
  [`.date-time-picker__clear-button${unnamed}`, named('Clear the date')],
  [`.popup-button.array-actions__button${unnamed}`, named('What to do with this row')],
  [`.popup-button${unnamed}`, (button) => button.textContent?.trim() || named('More')(button)],
  [`.collapsible__drag${unnamed}`, named('Move this row')],
  [`.toolbar-popup__button[data-button-key]${unnamed}`, nameByKey],
  [`[class*="lock__removeButton"]${unnamed}`, named('Remove')],
  [`.LexicalEditorTheme__inlineBlock__editButton${unnamed}`, named('Edit')],
  [`.upload-relationship-details__edit${unnamed}`, named('Edit')],
  [`.upload-relationship-details__remove${unnamed}`, named('Remove')],
  // aria-input-field-name
  [`.ContentEditable__root${unnamed}`, nameByField],
  // aria-hidden-focus: the arrow keys and Backspace do the same.
  ['.rs__indicators [aria-hidden="true"]:not([tabindex="-1"])', outOfTheWay],
  // nested-interactive, list
  ['.rs__multi-value[role="button"]', asGroup],
  ['.doc-tabs__tabs:not([role])', asGroup],
  // label-content-name-mismatch
  ['.doc-tab[aria-label]', (element) => element.removeAttribute('aria-label')],
]

/** Mends what is there now. */
export function nameWidgets(root: ParentNode): void {
  for (const [selector, mend] of mends) for (const element of root.querySelectorAll(selector)) mend(element)
}
